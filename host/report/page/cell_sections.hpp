#pragma once

#include <string>
#include <vector>

#include "host/report/report_data.hpp"

namespace logmargin {

/// CellSection is a section of neighbouring cells that have the values of the slower axes in common.
struct CellSection {
  std::size_t first, count;
  std::string name;  ///< what they have in common, as "init he-normal, eta 0.1" or "eta 0.1 to 0.2"
};

inline constexpr std::size_t usual_section = 100;    ///< cells that sections are filled up to
inline constexpr std::size_t largest_section = 300;  ///< more cells are divided by the next axis

/// Returns all cells, in order, in sections for people to look through. The values of the slowest axis are apart.
/// Numbers that have few cells each are together, and a value that has many is divided further. Cells that no axis
/// tells apart stay together.
std::vector<CellSection> cell_sections(const ReportData& data);

}  // namespace logmargin
