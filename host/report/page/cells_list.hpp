#pragma once

#include <string>

#include "host/report/report_data.hpp"

namespace logmargin {

inline constexpr std::size_t most_cells_in_one_table = 300;  ///< more are in sections that open
inline constexpr std::size_t listed_cells = 10'000;          ///< of more, each section has its first cells alone

/// Returns every cell in a table or, where there are many, a line for each section of them that opens to its table.
std::string cells_list(const ReportData& data);

}  // namespace logmargin
