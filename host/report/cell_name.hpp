#pragma once

#include <string>
#include <vector>

#include "host/report/report_data.hpp"

namespace logmargin {

/// Returns the axes that take several values, as places in axis_names.
std::vector<std::size_t> varying_axes(const ReportData& data);

/// Returns an axis and its value, as "eta 0.1".
std::string axis_words(std::size_t axis, const ReportCell& cell);

/// Returns the axes that take several values, as "eta 0.1, init he-normal", or an empty text where none does.
std::string cell_name(const ReportData& data, const ReportCell& cell);

/// Returns " The first N of M cells." where a report draws no more of them, else an empty text.
std::string first_cells_words(const ReportData& data);

}  // namespace logmargin
