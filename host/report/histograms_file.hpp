#pragma once

#include <filesystem>

#include "host/report/report_data.hpp"

namespace logmargin {

/// Reads histograms.csv into the cells that are drawn. Throws FileError where the file is missing, not as documented,
/// or its counts are not those of the cells.
void read_histograms(const std::filesystem::path& file, std::vector<ReportCell>& cells);

}  // namespace logmargin
