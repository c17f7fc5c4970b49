#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <vector>

#include "host/results/cell_summary.hpp"

namespace logmargin {

/// ReadResults holds what a folder that sweep wrote says of its run.
// NOLINTNEXTLINE(bugprone-exception-escape): the constructor of JSON may throw
struct ReadResults {
  nlohmann::ordered_json program, config, stepping, timing;  ///< as in summary.json
  std::vector<CellResults> cells;
};

/// WantedTimes chooses the recorded t that are read: by the cell, the t read before (NaN for none), t and the horizon.
using WantedTimes = std::function<bool(std::size_t cell, double last_t, double t, double horizon)>;

/// Reads summary.json and histograms.csv. Recorded t that are not wanted are passed over, and bars are kept for the
/// first cells alone, so that memory need not grow with either. What summary.json does not state is empty or NaN: the
/// fits' constants at earlier horizons, and whatever an older version did not write. Throws FileError that names the
/// file where one is missing, not whole or of another schema.
ReadResults read_results(const std::filesystem::path& folder, const WantedTimes& wanted, std::size_t cells_with_bars);

}  // namespace logmargin
