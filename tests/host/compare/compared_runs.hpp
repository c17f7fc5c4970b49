#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/csv_rows.hpp"
#include "tests/program/program.hpp"

namespace logmargin::testing {

/// Folders of sweeps, compared by the program in a folder of their own.
class ComparedRuns {
 public:
  ComparedRuns() { surroundings_.working_folder = scratch_.path(); }

  /// Sweeps into the folder name. Throws where that fails.
  void sweep(const std::string& name, const Arguments& options) const {
    const Arguments line = {"sweep", "--quiet", "--trials", "300", "--steps", "1e4", "--out", name, "--force"};
    const Finished finished = run_logmargin(with_options(line, options), surroundings_);
    if (finished.exit_status != 0) throw std::runtime_error(finished.err);
  }
  Finished compare(const Arguments& words) const {
    Arguments line = {"compare"};
    line.insert(line.end(), words.begin(), words.end());
    return run_logmargin(line, surroundings_);
  }
  /// The table, of which no line may be wider than 80 columns.
  std::string table(const std::string& a, const std::string& b) const { return answer({a, b}); }
  nlohmann::json json(const std::string& a, const std::string& b) const {
    return nlohmann::json::parse(answer({"--json", a, b}));
  }
  CsvTable csv(const std::string& name) const { return CsvTable(contents(scratch_ / name)); }
  const ScratchFolder& scratch() const { return scratch_; }

 private:
  std::string answer(const Arguments& words) const {
    const Finished finished = compare(words);
    if (finished.exit_status != 0 || !finished.err.empty()) throw std::runtime_error(finished.err);
    return finished.out;
  }

  ScratchFolder scratch_;
  Surroundings surroundings_;
};

}  // namespace logmargin::testing
