#pragma once

#include <stdexcept>
#include <string>

#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/csv_rows.hpp"
#include "tests/program/program.hpp"
#include "tests/support/trials_reader.hpp"

namespace logmargin::testing {

/// The folder of one sweep that lists its trials. It throws where the program fails.
struct SweepRun {
  explicit SweepRun(const Arguments& options) {
    const Finished finished =
        run_logmargin(with_options({"sweep", "--quiet", "--out", (scratch / "out").string()}, options));
    if (finished.exit_status != 0) throw std::runtime_error(finished.err);
  }
  std::string bytes(const std::string& file) const { return contents(scratch / "out" / file); }
  TrialsReader reader(const std::string& file) const { return TrialsReader(scratch / "out" / file); }
  CsvTable cells() const { return CsvTable(bytes("cells.csv")); }

  ScratchFolder scratch;
};

}  // namespace logmargin::testing
