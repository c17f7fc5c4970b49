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
#include "host/results/trials/rows_file.hpp"
#include "host/results/trials/trials_file.hpp"
#include "host/run/result_files.hpp"

namespace logmargin {

/// RunOutput is what a run leaves behind: files in a folder, and what it prints.
class RunOutput {
 public:
  virtual ~RunOutput() = default;
  /// Returns what receives the tallies of every cell.
  virtual TallySink& tallies() = 0;
  /// Returns what receives the rows of trials, or nothing where no list of them is asked for.
  virtual RowSink* trials() = 0;
  /// Gives the files their names. Throws FileError.
  virtual void publish(const RunFacts& facts) = 0;
  /// Prints the output, once everything is published. Throws FileError and, where the signal keeps a report from being
  /// drawn, Interrupted or TimeIsUp.
  virtual void show(const RunFacts& facts, const std::atomic<int>& stop_signal) = 0;
};

/// ResultsOutput is the output of results: summary.json and its tables in a folder, with a report, and the table or the
/// summary on stdout.
class ResultsOutput final : public RunOutput {
 public:
  /// Begins the output, where config is config_json's. Files are written with a folder only; rows says what is listed
  /// of a trial, if anything. What is referred to must outlive the output.
  ResultsOutput(const Experiment& experiment, const Schedule& schedule, const nlohmann::ordered_json& config,
                const Presentation& presentation, const RunFacts& facts, OutputFolder* folder, const TrialRows* rows);

  TallySink& tallies() override { return *summarizer_; }
  RowSink* trials() override { return trial_files_ ? &*trial_files_ : nullptr; }
  void publish(const RunFacts& facts) override;
  void show(const RunFacts& facts, const std::atomic<int>& stop_signal) override;

 private:
  /// TrialFiles gives rows of trials to every file that lists them.
  class TrialFiles final : public RowSink {
   public:
    using RowSink::RowSink;
    void take(std::span<const double> rows) override {
      for (const auto& file : files) file->take(rows);
    }
    std::vector<std::unique_ptr<TrialsFile>> files;
  };

  const Experiment& experiment_;
  const nlohmann::ordered_json& config_;
  OutputFolder* folder_;
  std::optional<ResultFiles> files_;
  std::optional<ReportCollector> report_;
  std::vector<std::string> trial_lists_;  ///< the names of the files that list trials
  std::optional<TrialFiles> trial_files_;
  std::optional<Spool> spool_;
  std::optional<SummaryJson> printed_;  ///< the summary that goes to stdout
  std::unique_ptr<Table> table_;        ///< where one is to be printed
  std::optional<Summarizer> summarizer_;
};

/// ShardOutput is the output of a shard: its tallies in a file of the folder, which merge adds to those of the others,
/// and in another the rows of its trials, where they are listed.
class ShardOutput final : public RunOutput {
 public:
  /// Begins the shard's files. What is referred to must outlive the output.
  ShardOutput(const TallyFileHead& head, TrialRange range, bool quiet, OutputFolder& folder, const TrialRows* rows);

  TallySink& tallies() override { return *writer_; }
  RowSink* trials() override { return rows_writer_ ? &*rows_writer_ : nullptr; }
  void publish(const RunFacts& facts) override;
  void show(const RunFacts& facts, const std::atomic<int>& stop_signal) override;

 private:
  std::string name_, rows_name_;
  bool quiet_;
  OutputFolder& folder_;
  std::optional<RowsFileWriter> rows_writer_;
  std::optional<TallyFileWriter> writer_;
};

/// Makes the report of results that have none. Throws FileError.
void complete_report(const std::filesystem::path& folder, const std::atomic<int>& stop_signal);

}  // namespace logmargin
