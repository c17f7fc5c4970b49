#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "host/report/report_data.hpp"

namespace logmargin {

/// These functions return HTML tables, each in a box that scrolls on its own.
std::string cell_table(const ReportCell& cell);  ///< the quantiles of one cell
std::string run_table(const ReportData& data);   ///< configuration, program, timing, stepping

/// Returns a value of the summary as people write it.
std::string value_text(const nlohmann::ordered_json& value, std::string_view separator);

}  // namespace logmargin
