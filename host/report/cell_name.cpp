#include "host/report/cell_name.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/report/figures/figure.hpp"

namespace logmargin {

std::vector<std::size_t> varying_axes(const ReportData& data) {
  std::vector<std::size_t> varying;
  for (std::size_t axis = 0; axis < axis_names.size(); ++axis) {
    const std::string& first = data.cells.front().axis_values[axis];
    if (std::any_of(data.cells.begin(), data.cells.end(),
                    [&](const ReportCell& cell) { return cell.axis_values[axis] != first; })) {
      varying.push_back(axis);
    }
  }
  return varying;
}

std::string axis_words(std::size_t axis, const ReportCell& cell) {
  return fmt::format("{} {}", axis_names[axis], label_text(cell.axis_values[axis]));
}

std::string cell_name(const ReportData& data, const ReportCell& cell) {
  std::string name;
  for (const std::size_t axis : varying_axes(data)) name += (name.empty() ? "" : ", ") + axis_words(axis, cell);
  return name;
}

std::string first_cells_words(const ReportData& data) {
  if (data.cells.size() <= drawn_cells) return {};
  return fmt::format(" The first {} of {} cells.", drawn_cells, data.cells.size());
}

}  // namespace logmargin
