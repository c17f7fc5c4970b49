#pragma once

#include <filesystem>
#include <vector>

#include "host/results/cell_summary.hpp"

namespace logmargin {

/// Reads the bars of histograms.csv into the first cells_with_bars of the cells. Throws FileError where the file is
/// missing, not as documented, or its counts are not those of the cells.
void read_bars(const std::filesystem::path& file, std::vector<CellResults>& cells, std::size_t cells_with_bars);

}  // namespace logmargin
