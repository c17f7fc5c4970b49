#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "host/report/report_data.hpp"

namespace logmargin {

inline constexpr std::size_t listed_cells = 300;  ///< of more, cells.csv has every one

/// HTML tables, each in a box that scrolls by itself.
std::string cells_table(const ReportData& data);
std::string cell_table(const ReportCell& cell);  ///< the quantiles of one cell
std::string run_table(const ReportData& data);   ///< configuration, program, timing, stepping

/// A value of the summary as people write it.
std::string value_text(const nlohmann::ordered_json& value, std::string_view separator);

/// The axes that take several values, as "eta 0.1, init he-normal"; empty where none does.
std::string cell_name(const ReportData& data, const ReportCell& cell);

}  // namespace logmargin
