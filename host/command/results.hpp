#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/command/parsed_options.hpp"
#include "host/output/output_folder.hpp"
#include "host/output/summary_json.hpp"
#include "host/output/table.hpp"

namespace logmargin {

/// Everything that a complete run leaves: the files of its folder, and what it prints.
class Results {
 public:
  /// The files of the folder, the one that tells the run's configuration first.
  static std::vector<std::string> file_names();

  /// --quiet and --json as given; files only with a folder. What is referred to must outlive the results.
  Results(const Plan& plan, const Schedule& schedule, const nlohmann::ordered_json& config, const RunFacts& facts,
          const ParsedOptions& options, OutputFolder* folder);

  const std::vector<Writer*>& writers() const { return writers_; }
  /// Gives the files their names, then prints. Throws FileError.
  void publish(const RunFacts& facts);

 private:
  const Plan& plan_;
  OutputFolder* folder_;
  std::string folder_name_;
  std::optional<Spool> spool_;
  std::vector<std::unique_ptr<SummaryJson>> summaries_;
  std::vector<std::unique_ptr<Writer>> tables_;
  std::unique_ptr<Table> table_;  ///< where one is to be printed
  std::vector<Writer*> writers_;
};

}  // namespace logmargin
