#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "host/results/files/summary_json.hpp"
#include "host/results/folder/output_folder.hpp"

namespace logmargin {

/// ResultFiles are the files of a folder of results: summary.json and its tables. What an earlier run made of its own
/// there is removed.
class ResultFiles {
 public:
  /// Returns the files' names, first the one that tells the run's configuration.
  static std::vector<std::string> names();

  /// Adds the files to the folder, where config is config_json's. What is referred to must outlive the files. Throws
  /// FileError.
  ResultFiles(OutputFolder& folder, const Experiment& experiment, const nlohmann::ordered_json& config,
              const RunFacts& facts);

  std::vector<Writer*> writers();
  /// Completes the files, which the folder then publishes.
  void finish(const RunFacts& facts) { summary_.finish(facts); }

 private:
  SummaryJson summary_;
  std::vector<std::unique_ptr<Writer>> tables_;
};

}  // namespace logmargin
