#include "host/compare/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "host/compare/compared_quantities.hpp"
#include "host/compare/matched_cells.hpp"
#include "host/error.hpp"
#include "host/results/files/results_config.hpp"
#include "host/results/reading/results_reader.hpp"

namespace logmargin {

namespace {

using Json = nlohmann::ordered_json;

/// Histograms of more cells are not kept; their medians then have no interval.
constexpr std::size_t cells_with_histograms = 1000;

/// ReadFolder is all that is read of one folder.
// NOLINTNEXTLINE(bugprone-exception-escape): the constructor of JSON may throw
struct ReadFolder {
  std::string_view name;  ///< A or B
  std::filesystem::path path;
  ReadResults results;
  std::unique_ptr<ListedTrials> trials;
  std::string no_trials;  ///< why there are none; else empty

  Json option(const char* option) const { return results.config.contains(option) ? results.config[option] : Json(); }
};

void open_trials(ReadFolder& folder) {
  if (!reads_listed_trials()) {
    folder.no_trials = "this build has no HDF5, to read trials.h5";
    return;
  }
  folder.trials = open_listed_trials(folder.path);
  if (!folder.trials) {
    folder.no_trials = fmt::format("{} has no trials.h5, which sweep --trials-out writes", folder.name);
  } else if (folder.trials->config() != results_config(folder.results.config)) {
    folder.trials.reset();
    folder.no_trials = fmt::format("the trials.h5 of {} is of another run", folder.name);
  }
}

ReadFolder read_folder(std::string_view name, const std::filesystem::path& path) {
  const auto at_the_end = [](std::size_t, double, double t, double horizon) { return t >= horizon; };
  ReadFolder folder = {name, path, read_results(path, at_the_end, cells_with_histograms), nullptr, {}};
  open_trials(folder);
  return folder;
}

ComparedFolder compared_folder(const ReadFolder& read) {
  ComparedFolder folder = {read.path, read.results.program, read.results.config, {}};
  for (const CellResults& cell : read.results.cells) folder.cells.push_back(axis_values_of(cell.summary.cell));
  return folder;
}

/// Returns in what the starts of two cells' networks differ, or an empty text where trial i of both is to have the same
/// weights at t = 0.
std::string difference_of_starts(const ReadFolder& a, const Cell& in_a, const ReadFolder& b, const Cell& in_b,
                                 const std::vector<std::string>& options) {
  const auto differs = [&](std::string_view option) {
    return std::find(options.begin(), options.end(), option) != options.end();
  };
  if (in_a.dim != in_b.dim) return "their dimensions differ";
  if (!a.option("theta").is_null() || !b.option("theta").is_null()) {
    return differs("theta") ? "their given weights differ" : "";
  }
  if (differs("seed")) return "their seeds differ";
  if (in_a.init != in_b.init) return "their initialisations differ";
  return in_a.bias != in_b.bias ? "the laws of their biases differ" : "";
}

std::vector<ListedQuantity> listed_in_both(const ReadFolder& a, const ReadFolder& b,
                                           const std::vector<ComparedQuantity>& quantities,
                                           std::vector<std::size_t>& places) {
  std::vector<ListedQuantity> listed;
  for (std::size_t q = 0; q < quantities.size(); ++q) {
    if (!a.trials->has(quantities[q].name) || !b.trials->has(quantities[q].name)) continue;
    listed.push_back({quantities[q].name, quantities[q].scale});
    places.push_back(q);
  }
  return listed;
}

Interval interval_of_median(const Distribution& distribution) {
  const DistributionContents contents = distribution.contents();
  std::vector<Bar> bars;
  for (const auto& [bin, count] : contents.bins) {
    bars.push_back({std::max(bin_low(distribution.scale(), bin), contents.min),
                    std::min(bin_low(distribution.scale(), bin + 1), contents.max), count});
  }
  return median_interval(bars);
}

void take_pairs(ComparedCell& cell, const PairedTrials& paired, const std::vector<std::size_t>& places) {
  cell.paired_networks = paired.networks;
  cell.outcome = paired.outcome;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const PairedQuantity& quantity = paired.quantities[i];
    ComparedQuantity& taken = cell.quantities[places[i]];
    taken.of_medians = {};
    taken.networks = {quantity.smaller_in_b, quantity.equal, quantity.larger_in_b, quantity.differences.quantiles(),
                      interval_of_median(quantity.differences)};
  }
  cell.shares_are_paired = paired.networks == cell.a_trials && paired.networks == cell.b_trials;
  if (!cell.shares_are_paired) return;
  for (std::size_t o = 0; o < cell.shares.size(); ++o) {
    PairCounts counts = {paired.outcome[o][o], 0, 0, 0};
    for (std::size_t other = 0; other < outcomes; ++other) {
      if (other == o) continue;
      counts.in_a_alone += paired.outcome[o][other];
      counts.in_b_alone += paired.outcome[other][o];
    }
    counts.in_none = paired.networks - counts.in_both - counts.in_a_alone - counts.in_b_alone;
    cell.shares[o].difference = difference_of_paired_shares(counts);
  }
}

/// Compares the rows that both folders list of a cell: network by network where they began alike, else as two samples.
void take_listed_trials(ComparedCell& cell, const ReadFolder& a, const ReadFolder& b, bool compares_starts) {
  a.trials->go_to(cell.a_index);
  b.trials->go_to(cell.b_index);
  std::vector<std::size_t> places;
  const std::vector<ListedQuantity> listed = listed_in_both(a, b, cell.quantities, places);
  if (cell.same_start) {
    const PairedTrials paired = paired_trials(*a.trials, *b.trials, listed, compares_starts);
    if (paired.networks > 0 && paired.other_starts == 0) {
      take_pairs(cell, paired, places);
      return;
    }
    cell.not_paired = paired.networks == 0
                          ? "they have no trial in common"
                          : fmt::format("{} of {} began with other weights, though the options are the same",
                                        paired.other_starts, paired.networks);
  }
  const std::vector<Distribution> in_a = listed_distributions(*a.trials, listed);
  const std::vector<Distribution> in_b = listed_distributions(*b.trials, listed);
  for (std::size_t i = 0; i < places.size(); ++i) {
    cell.quantities[places[i]].of_medians =
        interval_of_difference(in_a[i].quantiles().median(), interval_of_median(in_a[i]), in_b[i].quantiles().median(),
                               interval_of_median(in_b[i]));
  }
}

bool same_quantiles(const Quantiles& a, const Quantiles& b) {
  const auto same = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
  return a.count == b.count && same(a.min, b.min) && same(a.max, b.max) && same(a.mean, b.mean) &&
         std::equal(a.at_level.begin(), a.at_level.end(), b.at_level.begin(), same);
}

bool is_same(const ComparedQuantity& quantity) {
  return same_quantiles(quantity.a, quantity.b) &&
         std::all_of(quantity.without.begin(), quantity.without.end(),
                     [](const ComparedCount& count) { return count.a == count.b; }) &&
         (!quantity.networks || quantity.networks->smaller_in_b + quantity.networks->larger_in_b == 0);
}

bool is_same(const ComparedCell& cell) {
  for (std::size_t in_a = 0; in_a < cell.outcome.size(); ++in_a) {
    for (std::size_t in_b = 0; in_b < cell.outcome.size(); ++in_b) {
      if (in_a != in_b && cell.outcome[in_a][in_b] > 0) return false;
    }
  }
  return cell.a_trials == cell.b_trials &&
         std::all_of(cell.shares.begin(), cell.shares.end(),
                     [](const ComparedShare& share) { return share.a == share.b; }) &&
         std::all_of(cell.quantities.begin(), cell.quantities.end(),
                     [](const ComparedQuantity& quantity) { return is_same(quantity); });
}

ComparedCell compared_cell(const ReadFolder& a, std::size_t a_index, const ReadFolder& b, std::size_t b_index,
                           const std::vector<std::string>& options) {
  const CellSummary& in_a = a.results.cells[a_index].summary;
  const CellSummary& in_b = b.results.cells[b_index].summary;
  ComparedCell cell = {a_index,     b_index,    axis_values_of(in_a.cell), axis_values_of(in_b.cell),
                       in_a.trials, in_b.trials};
  for (std::size_t o = 0; o < cell.shares.size(); ++o) {
    cell.shares[o] = {in_a.outcome[o], in_b.outcome[o],
                      difference_of_independent_shares(in_a.outcome[o], in_a.trials, in_b.outcome[o], in_b.trials)};
  }
  cell.quantities = compared_quantities(a.results.cells[a_index], b.results.cells[b_index]);
  cell.not_paired = difference_of_starts(a, in_a.cell, b, in_b.cell, options);
  cell.same_start = cell.not_paired.empty();
  if (a.trials && b.trials) {
    take_listed_trials(cell, a, b, in_a.cell.dim == 1 || in_a.cell.data.text() == in_b.cell.data.text());
  } else if (cell.same_start) {
    cell.not_paired = a.trials ? b.no_trials : a.no_trials;
  }
  cell.same = is_same(cell);
  return cell;
}

}  // namespace

bool Comparison::same() const {
  return in_a_alone.empty() && in_b_alone.empty() &&
         std::all_of(cells.begin(), cells.end(), [](const ComparedCell& cell) { return cell.same; });
}

Comparison compare_folders(const std::filesystem::path& a, const std::filesystem::path& b) {
  const ReadFolder in_a = read_folder("A", a);
  const ReadFolder in_b = read_folder("B", b);
  Comparison comparison;
  comparison.a = compared_folder(in_a);
  comparison.b = compared_folder(in_b);
  comparison.options = differing_options(in_a.results.config, in_b.results.config);
  MatchedCells matched = match_cells(comparison.a.cells, comparison.b.cells);
  if (matched.pairs.empty()) {
    throw UsageError(
        fmt::format("compare: no cell of '{}' has the axes of a cell of '{}'; allowed are folders with the "
                    "same values, or one value each, on every axis",
                    a.string(), b.string()));
  }
  for (const auto& [a_index, b_index] : matched.pairs) {
    comparison.cells.push_back(compared_cell(in_a, a_index, in_b, b_index, comparison.options));
  }
  comparison.in_a_alone = std::move(matched.in_a_alone);
  comparison.in_b_alone = std::move(matched.in_b_alone);
  comparison.varying = std::move(matched.varying);
  return comparison;
}

}  // namespace logmargin
