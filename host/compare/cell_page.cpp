#include "host/compare/cell_page.hpp"

#include <fmt/format.h>

#include <numeric>

#include "host/compare/table_words.hpp"
#include "logmargin/measure/outcome_name.hpp"

namespace logmargin {

namespace {

/// Every row of quantiles begins so: a label, the folder, and three quantiles.
constexpr const char* row_of_quantiles = "  {:<20}{:>2}{:>11}{:>11}{:>11}";
constexpr const char* end_of_row = " {:>22}\n";
constexpr std::size_t label_columns = 20;

std::string trials_line(const ComparedCell& cell) {
  std::string text = cell.a_trials == cell.b_trials
                         ? fmt::format("  {} networks in each", cell.a_trials)
                         : fmt::format("  {} networks in A, {} in B", cell.a_trials, cell.b_trials);
  if (cell.paired_networks == 0) {
    return text + ", not paired:\n" + shown_pieces({cell.not_paired}, "", 4) +
           (cell.same_start ? "    the same networks: intervals for independent ones are mostly too wide\n" : "");
  }
  if (cell.shares_are_paired) return text + ", the same ones: compared network by network\n";
  return text +
         fmt::format(", {} of them the same:\n    those are compared network by network below\n", cell.paired_networks);
}

std::string share_lines(const ComparedCell& cell) {
  std::string text = fmt::format("\n  {:<14}{:>9}{:>10}{:>11}{:>11}  {:>21}\n", "share in %", "A", "B", "B - A",
                                 "std error", cell.shares_are_paired ? "95 % interval, paired" : "95 % interval");
  for (std::size_t o = 0; o < outcomes; ++o) {
    const ComparedShare& share = cell.shares[o];
    if (share.a + share.b == 0) continue;
    const auto percent = [](std::uint64_t part, std::uint64_t all) {
      return shown_number(100.0 * static_cast<double>(part) / static_cast<double>(all));
    };
    const ShareDifference& difference = share.difference;
    text += fmt::format("  {:<14}{:>9}{:>10}{:>11}{:>11}  {:>21}\n", outcome_names[o], percent(share.a, cell.a_trials),
                        percent(share.b, cell.b_trials), shown_change(100.0 * difference.difference),
                        shown_number(100.0 * difference.standard_error),
                        shown_interval({100.0 * difference.interval.low, 100.0 * difference.interval.high}));
  }
  return text;
}

/// Returns which networks have another outcome in B.
std::string changed_outcomes(const ComparedCell& cell) {
  if (cell.paired_networks == 0) return {};
  std::uint64_t changed = 0;
  std::vector<std::string> pieces;
  for (std::size_t a = 0; a < outcomes; ++a) {
    for (std::size_t b = 0; b < outcomes; ++b) {
      if (a == b || cell.outcome[a][b] == 0) continue;
      changed += cell.outcome[a][b];
      pieces.push_back(fmt::format("{} to {} {}", outcome_names[a], outcome_names[b], cell.outcome[a][b]));
    }
  }
  return fmt::format("  another outcome in B: {} of {} networks\n", changed, cell.paired_networks) +
         shown_pieces(pieces, ", ", 4);
}

bool has_values(const ComparedQuantity& quantity) { return quantity.a.count + quantity.b.count > 0; }

std::string quantile_lines(const ComparedCell& cell) {
  std::string text;
  for (const ComparedQuantity& quantity : cell.quantities) {
    const Quantiles& a = quantity.a;
    const Quantiles& b = quantity.b;
    if (has_values(quantity)) {
      text += fmt::format(row_of_quantiles, shown_text(quantity.label, label_columns), "A", shown_number(a.q05()),
                          shown_number(a.median()), shown_number(a.q95())) +
              fmt::format(end_of_row, shown_change(quantity.difference_of_medians())) +
              fmt::format(row_of_quantiles, "", "B", shown_number(b.q05()), shown_number(b.median()),
                          shown_number(b.q95()));
      text += fmt::format(end_of_row, quantity.of_medians.known() ? shown_interval(quantity.of_medians)
                                                                  : fmt::format("+-{:.2g}", quantity.resolution()));
    }
    for (const ComparedCount& count : quantity.without) {
      if (count.a == count.b) continue;
      std::string name = count.name;
      name.replace(name.find('_'), 1, " ");
      text += fmt::format("    {}: {} in A, {} in B\n", name, count.a, count.b);
    }
  }
  if (text.empty()) return text;
  return "\n" + fmt::format(row_of_quantiles, "quantity", "", "5 %", "median", "95 %") +
         fmt::format(end_of_row, "B - A, of medians") + text;
}

std::string network_lines(const ComparedCell& cell) {
  std::string text;
  for (const ComparedQuantity& quantity : cell.quantities) {
    if (!quantity.networks) continue;
    const QuantityOfNetworks& networks = *quantity.networks;
    const Quantiles& of = networks.differences;
    const std::uint64_t all = networks.smaller_in_b + networks.equal + networks.larger_in_b;
    if (all == 0) continue;
    text += fmt::format(row_of_quantiles, shown_text(quantity.label, label_columns), "", shown_change(of.q05()),
                        shown_change(of.median()), shown_change(of.q95())) +
            fmt::format(end_of_row, shown_interval(networks.of_median));
    text += fmt::format("    in B smaller {}, equal {}, larger {} of {}", networks.smaller_in_b, networks.equal,
                        networks.larger_in_b, all);
    text += of.count == all ? "\n" : fmt::format("; {} differences finite\n", of.count);
  }
  if (text.empty()) return text;
  return "\n" + fmt::format(row_of_quantiles, "each network, B - A", "", "5 %", "median", "95 %") +
         fmt::format(end_of_row, "interval of median") + text;
}

}  // namespace

std::string cell_page(const ComparedCell& cell) {
  std::vector<std::size_t> axes(axis_names.size());
  std::iota(axes.begin(), axes.end(), std::size_t{0});
  return "\n" + shown_pieces(axis_pieces(cell.a_axes, cell.b_axes, axes), "  ", 0) + trials_line(cell) +
         share_lines(cell) + changed_outcomes(cell) + quantile_lines(cell) + network_lines(cell);
}

}  // namespace logmargin
