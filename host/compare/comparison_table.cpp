#include "host/compare/comparison_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "host/compare/cell_page.hpp"
#include "host/compare/table_words.hpp"
#include "host/plan/number.hpp"
#include "host/results/files/results_config.hpp"
#include "logmargin/measure/outcome_name.hpp"

namespace logmargin {

namespace {

/// Beyond the first number each cell has a row, not a page; beyond the second the JSON alone shows them.
constexpr std::size_t most_cell_pages = 4;
constexpr std::size_t most_cell_rows = 200;
constexpr std::size_t most_cells_named = 20;

constexpr const char* compact_row = "  {:>5} {:<26} {:>7} {:>9} {:>10} {:>10}{}\n";
constexpr std::size_t compact_name_columns = 26;

/// Returns one value of an option as words.
std::string value_words(const nlohmann::ordered_json& value) {
  if (value.is_null()) return "none";
  if (value.is_string()) return value.get<std::string>();
  return value.is_number_float() ? number_text(value.get<double>()) : json_text(value);
}

/// Returns an option's value as words, with a separator between those of a list.
std::string option_words(const ComparedFolder& folder, const std::string& option) {
  if (!folder.config.contains(option)) return "not known";
  const nlohmann::ordered_json& value = folder.config[option];
  if (!value.is_array()) return value_words(value);
  std::string words;
  for (const auto& piece : value) words += (words.empty() ? "" : option == "data" ? ";" : ",") + value_words(piece);
  return words;
}

/// Returns the version that made a folder, as "0.1.0 (0123456789ab)".
std::string program_words(const ComparedFolder& folder) {
  const auto text = [&](const char* key) {
    const auto found = folder.program.find(key);
    return found != folder.program.end() && found->is_string() ? found->get<std::string>() : std::string("?");
  };
  return fmt::format("{} ({})", text("version"), text("git_revision"));
}

std::string head_lines(const Comparison& comparison) {
  std::string text = "logmargin: B beside A, differences are B - A\n  A  " +
                     shown_end(comparison.a.path.string(), table_width - 5) + "\n  B  " +
                     shown_end(comparison.b.path.string(), table_width - 5) + "\n";
  const std::string made_a = program_words(comparison.a);
  const std::string made_b = program_words(comparison.b);
  if (made_a != made_b)
    text += fmt::format("A was made by version {},\nB by {}\n", shown_text(made_a, 50), shown_text(made_b, 70));
  if (comparison.options.empty()) return text + "no option that results depend on differs\n";
  constexpr std::size_t columns = 31;
  constexpr const char* row = "  {:<12} {:<31}  {}\n";
  text += "\n" + fmt::format(row, "option", "A", "B");
  for (const std::string& option : comparison.options) {
    text += fmt::format(row, shown_text(option, 12), shown_text(option_words(comparison.a, option), columns),
                        shown_text(option_words(comparison.b, option), columns));
  }
  return text;
}

std::string lines_of_cells_alone(std::string_view name, const ComparedFolder& folder,
                                 const std::vector<std::size_t>& cells, const std::vector<std::size_t>& varying) {
  std::string text;
  for (std::size_t i = 0; i < std::min(cells.size(), most_cells_named); ++i) {
    const AxisValues& axes = folder.cells[cells[i]];
    std::vector<std::string> pieces = axis_pieces(axes, axes, varying);
    // Where no axis varies, as values were given twice, a cell has its number alone.
    if (pieces.empty()) pieces.emplace_back("the same axes as others");
    pieces.front() = fmt::format("cell {}: ", cells[i]) + pieces.front();
    text += shown_pieces(pieces, ", ", 4);
  }
  if (cells.size() > most_cells_named) text += fmt::format("    ... {} more\n", cells.size() - most_cells_named);
  return cells.empty() ? text : fmt::format("\nin {} alone, not compared:\n", name) + text;
}

std::string cell_words(const ComparedCell& cell, const Comparison& comparison) {
  std::string words;
  for (const std::string& piece : axis_pieces(cell.a_axes, cell.b_axes, comparison.varying)) {
    words += (words.empty() ? "" : ", ") + piece;
  }
  return words;
}

double percent_in_a(const ComparedCell& cell, std::size_t outcome) {
  return 100.0 * static_cast<double>(cell.shares[outcome].a) / static_cast<double>(cell.a_trials);
}

std::string compact_rows(const Comparison& comparison) {
  const auto& cells = comparison.cells;
  const bool paired =
      std::any_of(cells.begin(), cells.end(), [](const ComparedCell& cell) { return cell.paired_networks > 0; });
  std::string text =
      "\n" + fmt::format(compact_row, "cell", "of A", "conv. %", "B - A", "gap q50", "B - A", paired ? " changed" : "");
  for (std::size_t i = 0; i < std::min(cells.size(), most_cell_rows); ++i) {
    const ComparedCell& cell = cells[i];
    const ComparedQuantity& gap = cell.quantities.front();
    std::uint64_t changed = cell.paired_networks;
    for (std::size_t o = 0; o < outcomes; ++o) changed -= cell.outcome[o][o];
    text += fmt::format(compact_row, cell.a_index, shown_text(cell_words(cell, comparison), compact_name_columns),
                        shown_number(percent_in_a(cell, 0)), shown_change(100.0 * cell.shares[0].difference.difference),
                        shown_number(gap.a.median()), shown_change(gap.difference_of_medians()),
                        paired ? fmt::format(" {:>7}", changed) : "");
  }
  if (cells.size() > most_cell_rows) {
    text += fmt::format("  ... {} more cells, which --json has\n", cells.size() - most_cell_rows);
  }
  return text;
}

/// Returns the cell with the largest difference, or none where all are 0 or not known.
const ComparedCell* largest(const Comparison& comparison,
                            const std::function<double(const ComparedCell&)>& difference) {
  const ComparedCell* found = nullptr;
  double most = 0.0;
  for (const ComparedCell& cell : comparison.cells) {
    const double size = std::abs(difference(cell));
    if (!(std::isfinite(size) && size > most)) continue;
    most = size;
    found = &cell;
  }
  return found;
}

std::string largest_line(const std::string& what, const ComparedCell& cell, double from, double change,
                         const Interval& interval) {
  const std::string within = shown_interval(interval);
  return fmt::format("  {:<24} cell {}: {} from {}{}\n", what, cell.a_index, shown_change(change), shown_number(from),
                     within.empty() ? "" : fmt::format(" ({})", within));
}

std::string largest_differences(const Comparison& comparison) {
  std::string text;
  for (std::size_t o = 0; o < outcomes; ++o) {
    const ComparedCell* const cell =
        largest(comparison, [o](const ComparedCell& one) { return one.shares[o].difference.difference; });
    if (cell == nullptr) continue;
    const ShareDifference& difference = cell->shares[o].difference;
    text += largest_line(fmt::format("{}, %", outcome_names[o]), *cell, percent_in_a(*cell, o),
                         100.0 * difference.difference,
                         {100.0 * difference.interval.low, 100.0 * difference.interval.high});
  }
  for (std::size_t q = 0; q < comparison.cells.front().quantities.size(); ++q) {
    const ComparedCell* const cell =
        largest(comparison, [q](const ComparedCell& one) { return one.quantities[q].difference_of_medians(); });
    if (cell == nullptr) continue;
    const ComparedQuantity& quantity = cell->quantities[q];
    text += largest_line(shown_text(quantity.label, 24), *cell, quantity.a.median(), quantity.difference_of_medians(),
                         quantity.of_medians);
  }
  return text.empty() ? text : "\nlargest differences, of quantities those of medians (95 % interval):\n" + text;
}

/// Returns why cells are not paired, each reason once.
std::string reasons_not_paired(const Comparison& comparison) {
  std::vector<std::string> reasons;
  for (const ComparedCell& cell : comparison.cells) {
    if (cell.not_paired.empty()) continue;
    if (std::find(reasons.begin(), reasons.end(), cell.not_paired) == reasons.end()) reasons.push_back(cell.not_paired);
  }
  std::string text;
  for (const std::string& reason : reasons) text += shown_pieces({"networks are not paired: " + reason}, "", 0);
  return text;
}

}  // namespace

std::string comparison_table(const Comparison& comparison) {
  std::string text = head_lines(comparison);
  const bool paired = comparison.cells.front().paired_networks > 0;
  if (comparison.same()) {
    return text + fmt::format("the results are the same: no share, quantile or count of {} cell{} differs{}\n",
                              comparison.cells.size(), comparison.cells.size() == 1 ? "" : "s",
                              paired ? ",\nnor any network" : "");
  }
  if (comparison.cells.size() <= most_cell_pages) {
    for (const ComparedCell& cell : comparison.cells) text += cell_page(cell);
  } else {
    text += compact_rows(comparison) + largest_differences(comparison) + reasons_not_paired(comparison);
  }
  return text + lines_of_cells_alone("A", comparison.a, comparison.in_a_alone, comparison.varying) +
         lines_of_cells_alone("B", comparison.b, comparison.in_b_alone, comparison.varying) +
         "\nLOW..HIGH: 95 % interval; +-: how closely the difference is known, no interval\n";
}

}  // namespace logmargin
