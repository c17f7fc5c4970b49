#pragma once

#include <atomic>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/cli/experiment_options.hpp"
#include "host/report/report_data.hpp"
#include "host/results/files/tally_file.hpp"
#include "host/results/folder/spool.hpp"
#include "host/results/summarizer.hpp"
#include "host/results/terminal/table.hpp"
#include "host/results/trials/trials_file.hpp"
#include "host/run/result_files.hpp"

namespace logmargin {

/// RunOutput is what a run leaves behind: files in a folder, and what it prints.
class RunOutput {
 public:
  virtual ~RunOutput() = default;
  /// Returns what receives the tallies of every cell.
  virtual TallySink& tallies() = 0;
  /// Returns what receives the records of trials, or nothing where no list of them is asked for.
  virtual TrialSink* trials() { return nullptr; }
  /// Gives the files their names. Throws FileError.
  virtual void publish(const RunFacts& facts) = 0;
  /// Prints the output, once everything is published. Throws FileError and, where the signal keeps a report from being
  /// drawn, Interrupted or TimeIsUp.
  virtual void show(const RunFacts& facts, const std::atomic<int>& stop_signal) = 0;
};

/// ResultsOutput is the output of results: summary.json and its tables in a folder, with a report, and the table or the
/// summary on stdout.
class ResultsOutput final : public RunOutput, private TrialSink {
 public:
  /// Begins the output, where config is config_json's. Files are written with a folder only. What is referred to must
  /// outlive the output.
  ResultsOutput(const Experiment& experiment, const Schedule& schedule, const nlohmann::ordered_json& config,
                const Presentation& presentation, const RunFacts& facts, OutputFolder* folder);

  TallySink& tallies() override { return *summarizer_; }
  TrialSink* trials() override { return trial_files_.empty() ? nullptr : this; }
  void publish(const RunFacts& facts) override;
  void show(const RunFacts& facts, const std::atomic<int>& stop_signal) override;

 private:
  /// Gives the trials to every file of trials.
  void take(const std::vector<TrialRecord>& trials) override;

  const Experiment& experiment_;
  const nlohmann::ordered_json& config_;
  OutputFolder* folder_;
  std::optional<ResultFiles> files_;
  std::optional<ReportCollector> report_;
  std::vector<std::unique_ptr<TrialsFile>> trial_files_;
  std::vector<std::string> files_of_trials_;  ///< their names
  std::optional<Spool> spool_;
  std::optional<SummaryJson> printed_;  ///< the summary that goes to stdout
  std::unique_ptr<Table> table_;        ///< where one is to be printed
  std::optional<Summarizer> summarizer_;
};

/// ShardOutput is the output of a shard: its tallies in a file of the folder, which merge adds to those of the others.
class ShardOutput final : public RunOutput {
 public:
  /// Begins the shard's file. The folder must outlive the output.
  ShardOutput(const TallyFileHead& head, TrialRange range, bool quiet, OutputFolder& folder);

  TallySink& tallies() override { return writer_; }
  void publish(const RunFacts& facts) override;
  void show(const RunFacts& facts, const std::atomic<int>& stop_signal) override;

 private:
  std::string name_;
  bool quiet_;
  OutputFolder& folder_;
  TallyFileWriter writer_;
};

/// Makes the report of results that have none. Throws FileError.
void complete_report(const std::filesystem::path& folder, const std::atomic<int>& stop_signal);

}  // namespace logmargin
