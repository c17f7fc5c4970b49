#pragma once

#include "host/error.hpp"
#include "host/results/files/tally_file.hpp"
#include "host/run/shards.hpp"

namespace logmargin::testing {

/// Reads all of a tally file as merge and --resume do. Returns what was wrong with it, or an empty text; anything but a
/// FileError is a defect of the reader. For tests, and for whoever lets a fuzzer choose the bytes.
inline std::string trouble_of_tally_file(std::span<const std::byte> bytes) {
  try {
    TallyFileReader reader(bytes, "file");
    const Experiment experiment = experiment_of(reader);
    const Schedule schedule = make_schedule(experiment.steps, experiment.record);
    const TallySizes sizes = {schedule.times().size(), schedule.fits.size(), experiment.thresholds.size()};
    for (std::size_t index = 0; index < experiment.cell_count(); ++index) {
      reader.begin_cell(index, experiment.trials);
      for (std::size_t r = 0; r < sizes.recorded_times; ++r) reader.next_recorded();
      reader.next_horizon(sizes);
    }
    reader.require_end();
  } catch (const FileError& error) {
    return error.what();
  }
  return "";
}

}  // namespace logmargin::testing
