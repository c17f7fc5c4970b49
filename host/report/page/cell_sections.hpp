#pragma once

#include <string>
#include <vector>

#include "host/report/report_data.hpp"

namespace logmargin {

/// Neighbouring cells that have the values of the slower axes in common.
struct CellSection {
  std::size_t first, count;
  std::string name;  ///< what they have in common, as "init he-normal, eta 0.1" or "eta 0.1 to 0.2"
};

inline constexpr std::size_t usual_section = 100;    ///< cells that sections are filled up to
inline constexpr std::size_t largest_section = 300;  ///< more cells are divided by the next axis

/// All cells, in order, in sections for people to look through: the values of the slowest axis apart, numbers of which
/// one has few cells together, and those of which one has many divided further. Cells that no axis tells apart stay
/// together.
std::vector<CellSection> cell_sections(const ReportData& data);

}  // namespace logmargin
