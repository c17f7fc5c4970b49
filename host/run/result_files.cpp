#include "host/run/result_files.hpp"

#include "host/results/files/cells_csv.hpp"
#include "host/results/files/histograms_csv.hpp"
#include "host/results/files/trajectory_csv.hpp"

namespace logmargin {

std::vector<std::string> ResultFiles::names() {
  return {"summary.json", "cells.csv", "trajectory.csv", "histograms.csv"};
}

ResultFiles::ResultFiles(OutputFolder& folder, const Experiment& experiment, const nlohmann::ordered_json& config,
                         const RunFacts& facts)
    : summary_(folder.add_file("summary.json"), config, facts, experiment) {
  tables_.push_back(std::make_unique<CellsCsv>(folder.add_file("cells.csv"), experiment));
  tables_.push_back(std::make_unique<TrajectoryCsv>(folder.add_file("trajectory.csv")));
  tables_.push_back(std::make_unique<HistogramsCsv>(folder.add_file("histograms.csv")));
  // Files of an older run would pass for this run's.
  for (const char* name : {"report.html", "trials.h5", "trajectories.h5"}) folder.replace(name);
}

std::vector<Writer*> ResultFiles::writers() {
  std::vector<Writer*> writers = {&summary_};
  for (const auto& table : tables_) writers.push_back(table.get());
  return writers;
}

}  // namespace logmargin
