#include "host/report/page/cells_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "host/report/cell_name.hpp"
#include "host/report/figures/figure.hpp"
#include "host/report/page/cell_sections.hpp"
#include "host/report/page/html_table.hpp"
#include "host/report/page/inline_svg.hpp"
#include "host/results/files/columns.hpp"

namespace logmargin {

namespace {

double percentage(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? std::numeric_limits<double>::quiet_NaN()
                    : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

std::string percent_text(double value) { return std::isfinite(value) ? fmt::format("{:.4g} %", value) : ""; }

std::string headings_of_cells(const ReportData& data, const std::vector<std::size_t>& axes) {
  std::string headings = heading("cell");
  for (const std::size_t axis : axes) headings += heading(std::string(axis_names[axis]));
  for (const auto name : outcome_names) headings += heading(std::string(name));
  for (const char* name : {"C∞", "C", "C / C∞", "p", "dip margin", "dip log10 t"}) headings += heading(name);
  headings += heading("margin / largest") + heading("theory");
  for (const ReportTime& time : data.cells.front().times) headings += heading("log10 t_ε, ε = " + time.threshold);
  return headings;
}

std::string cell_row(const ReportCell& cell, std::size_t index, const std::vector<std::size_t>& axes) {
  std::string row =
      row_start(index < drawn_cells ? fmt::format("<a href=\"#cell{0}\">{0}</a>", index) : fmt::format("{}", index));
  for (const std::size_t axis : axes) row += text_entry(label_text(cell.axis_values[axis]));
  for (const std::uint64_t count : cell.outcome) row += number_entry(percent_text(percentage(count, cell.trials)));
  for (const Band* band : {&cell.limiting_constant, &cell.constant, &cell.ratio, &cell.log_exponent, &cell.dip_margin,
                           &cell.dip_log10_t}) {
    row += number_entry((*band)[band_median]);
  }
  row += number_entry(cell.theory.empty() ? std::numeric_limits<double>::quiet_NaN() : cell.margin_ratio[band_median]) +
         text_entry(cell.verdict);
  for (const ReportTime& time : cell.times) row += number_entry(time.log10_t[band_median]);
  return row + "\n";
}

/// Returns the range from the least to the largest finite value of some cells, as "C 1.2 to 1.9", with "none" where
/// there is none.
template <class Of>
std::string range_words(const char* name, std::span<const ReportCell> cells, const char* unit, Of of) {
  double least = std::numeric_limits<double>::infinity();
  double most = -least;
  for (const ReportCell& cell : cells) {
    const double value = of(cell);
    if (!std::isfinite(value)) continue;
    least = std::min(least, value);
    most = std::max(most, value);
  }
  const std::string low = word_number(least);
  const std::string high = word_number(most);
  if (!std::isfinite(least)) return fmt::format("{} {}", name, low);
  return low == high ? fmt::format("{} {}{}", name, low, unit) : fmt::format("{} {} to {}{}", name, low, high, unit);
}

std::string section_summary(const CellSection& section, std::span<const ReportCell> cells) {
  return fmt::format(
      "<b>{}</b>: {} cell{}; {}; {}; {}", html_text(section.name), cells.size(), cells.size() == 1 ? "" : "s",
      range_words("converging", cells, " %",
                  [](const ReportCell& cell) { return percentage(cell.outcome[0], cell.trials); }),
      range_words("median C", cells, "", [](const ReportCell& cell) { return cell.constant[band_median]; }),
      range_words("median p", cells, "", [](const ReportCell& cell) { return cell.log_exponent[band_median]; }));
}

std::string sections_of_cells(const ReportData& data, const std::vector<std::size_t>& axes,
                              const std::string& headings) {
  const std::vector<CellSection> sections = cell_sections(data);
  const std::size_t rows_each =
      data.cells.size() <= listed_cells ? data.cells.size() : std::max<std::size_t>(1, listed_cells / sections.size());
  std::string text = fmt::format("<p>{} cells in {} section{}: each opens to a table of its cells.</p>\n",
                                 data.cells.size(), sections.size(), sections.size() == 1 ? "" : "s");
  for (const CellSection& section : sections) {
    const std::span<const ReportCell> cells = std::span(data.cells).subspan(section.first, section.count);
    std::string rows;
    const std::size_t listed = std::min(rows_each, cells.size());
    for (std::size_t i = 0; i < listed; ++i) rows += cell_row(cells[i], section.first + i, axes);
    text += fmt::format("<details><summary>{}</summary>\n{}", section_summary(section, cells),
                        html_table("Cells of " + section.name, headings, rows));
    if (listed < cells.size()) {
      text += fmt::format("<p>The first {} of these {} cells; cells.csv has every one.</p>\n", listed, cells.size());
    }
    text += "</details>\n";
  }
  return text;
}

}  // namespace

std::string cells_list(const ReportData& data) {
  const std::vector<std::size_t> axes = varying_axes(data);
  const std::string headings = headings_of_cells(data, axes);
  if (data.cells.size() > most_cells_in_one_table) return sections_of_cells(data, axes, headings);
  std::string rows;
  for (std::size_t i = 0; i < data.cells.size(); ++i) rows += cell_row(data.cells[i], i, axes);
  return html_table("Every cell", headings, rows);
}

}  // namespace logmargin
