#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/command/parsed_options.hpp"
#include "host/output/output_folder.hpp"
#include "host/output/spool.hpp"
#include "host/output/summary_json.hpp"
#include "host/output/table.hpp"
#include "host/output/trials_file.hpp"

namespace logmargin {

/// Makes the report of results that have none. Throws FileError.
void complete_report(const std::filesystem::path& folder, const std::atomic<int>& stop_signal);

/// Everything that a complete run leaves: the files of its folder, and what it prints.
class Results {
 public:
  /// The files of the folder, the one that tells the run's configuration first.
  static std::vector<std::string> file_names();

  /// --quiet and --json as given, trials.h5 where listed; files only with a folder. What is referred to must outlive
  /// the results.
  Results(const Plan& plan, const Schedule& schedule, const nlohmann::ordered_json& config, const RunFacts& facts,
          const ParsedOptions& options, OutputFolder* folder, bool lists_trials);

  const std::vector<Writer*>& writers() const { return writers_; }
  /// Where the records of trials go; nothing where no list of them is asked for.
  TrialSink* trials() const { return trials_.get(); }
  /// Gives the files their names. Throws FileError.
  void publish(const RunFacts& facts);
  /// Writes the report, then prints. Throws FileError and, where the signal keeps the report from being drawn,
  /// Interrupted or TimeIsUp. Precondition: published.
  void show(const RunFacts& facts, const std::atomic<int>& stop_signal);

 private:
  const Plan& plan_;
  OutputFolder* folder_;
  std::optional<Spool> spool_;
  std::vector<std::unique_ptr<SummaryJson>> summaries_;
  std::vector<std::unique_ptr<Writer>> tables_;
  std::unique_ptr<TrialsFile> trials_;
  std::unique_ptr<Table> table_;  ///< where one is to be printed
  std::vector<Writer*> writers_;
};

}  // namespace logmargin
