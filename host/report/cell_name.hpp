#pragma once

#include <string>
#include <vector>

#include "host/report/report_data.hpp"

namespace logmargin {

/// The axes, as places in axis_names, that take several values.
std::vector<std::size_t> varying_axes(const ReportData& data);

/// An axis and its value, as "eta 0.1".
std::string axis_words(std::size_t axis, const ReportCell& cell);

/// The axes that take several values, as "eta 0.1, init he-normal"; empty where none does.
std::string cell_name(const ReportData& data, const ReportCell& cell);

/// " The first N of M cells." where a report draws no more of them; else empty.
std::string first_cells_words(const ReportData& data);

}  // namespace logmargin
