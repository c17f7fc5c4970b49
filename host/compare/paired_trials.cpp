#include "host/compare/paired_trials.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "host/error.hpp"

namespace logmargin {

namespace {

/// A chunk of trials.h5 has so many rows.
constexpr std::uint64_t rows_of_block = 16384;

/// These columns stand before those of the quantities.
const std::vector<std::string> leading_columns = {"trial",      "outcome",    "w1_initial",
                                                  "b1_initial", "w2_initial", "b2_initial"};
constexpr std::size_t trial_column = 0, outcome_column = 1, first_of_start = 2, first_quantity = 6;

/// BlockwiseRows goes through the rows of a cell, of which it holds a block.
class BlockwiseRows {
 public:
  BlockwiseRows(const ListedTrials& trials, std::vector<std::string> columns)
      : trials_(trials), columns_(std::move(columns)), values_(columns_.size()) {
    read_block();
  }

  bool at_end() const { return size_ == 0; }
  /// Returns a column's value in this row.
  double value(std::size_t column) const { return values_[column][row_]; }
  /// Returns a column's values in the whole block.
  const std::vector<double>& block(std::size_t column) const { return values_[column]; }
  void go_on() {
    if (++row_ == size_) go_to_next_block();
  }
  void go_to_next_block() {
    first_ += size_;
    read_block();
  }

 private:
  void read_block() {
    row_ = 0;
    size_ = std::min(rows_of_block, trials_.rows() - first_);
    if (size_ == 0) return;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      values_[c].resize(size_);
      trials_.read(columns_[c], first_, values_[c]);
    }
  }

  const ListedTrials& trials_;
  std::vector<std::string> columns_;
  std::vector<std::vector<double>> values_;  ///< of the block, a vector a column
  std::uint64_t first_ = 0, row_ = 0, size_ = 0;
};

/// RisingTrials goes through the trials of a cell, which rise.
class RisingTrials {
 public:
  RisingTrials(const ListedTrials& trials, const std::vector<ListedQuantity>& quantities)
      : rows_(trials, columns_of(quantities)) {}

  bool at_end() const { return rows_.at_end(); }
  double trial() const { return rows_.value(trial_column); }
  double value(std::size_t column) const { return rows_.value(column); }
  std::size_t outcome() const {
    const double outcome = rows_.value(outcome_column);
    if (!(outcome >= 0.0 && outcome < static_cast<double>(outcomes))) {
      throw FileError(fmt::format("trials.h5 has an outcome {} that is not known", outcome));
    }
    return static_cast<std::size_t>(outcome);
  }
  void go_on() {
    const double last = trial();
    rows_.go_on();
    if (!at_end() && !(trial() > last)) {
      throw FileError(fmt::format("the rows of trials.h5 are not in the order of the trials after trial {:.0f}", last));
    }
  }

 private:
  static std::vector<std::string> columns_of(const std::vector<ListedQuantity>& quantities) {
    std::vector<std::string> columns = leading_columns;
    for (const ListedQuantity& quantity : quantities) columns.push_back(quantity.column);
    return columns;
  }

  BlockwiseRows rows_;
};

bool starts_equal(const RisingTrials& a, const RisingTrials& b) {
  for (std::size_t column = first_of_start; column < first_quantity; ++column) {
    if (a.value(column) != b.value(column)) return false;
  }
  return true;
}

void add_pair(PairedQuantity& quantity, double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return;
  quantity.smaller_in_b += b < a ? 1 : 0;
  quantity.equal += b == a ? 1 : 0;
  quantity.larger_in_b += b > a ? 1 : 0;
  if (std::isfinite(a) && std::isfinite(b)) quantity.differences.add(b - a);
}

}  // namespace

PairedTrials paired_trials(const ListedTrials& a, const ListedTrials& b, const std::vector<ListedQuantity>& quantities,
                           bool compares_starts) {
  PairedTrials paired;
  paired.quantities.resize(quantities.size());
  RisingTrials in_a(a, quantities);
  RisingTrials in_b(b, quantities);
  while (!in_a.at_end() && !in_b.at_end()) {
    if (in_a.trial() != in_b.trial()) {
      (in_a.trial() < in_b.trial() ? in_a : in_b).go_on();
      continue;
    }
    ++paired.networks;
    if (compares_starts && !starts_equal(in_a, in_b)) ++paired.other_starts;
    ++paired.outcome[in_a.outcome()][in_b.outcome()];
    for (std::size_t q = 0; q < quantities.size(); ++q) {
      add_pair(paired.quantities[q], in_a.value(first_quantity + q), in_b.value(first_quantity + q));
    }
    in_a.go_on();
    in_b.go_on();
  }
  return paired;
}

std::vector<Distribution> listed_distributions(const ListedTrials& trials,
                                               const std::vector<ListedQuantity>& quantities) {
  std::vector<Distribution> distributions;
  std::vector<std::string> columns;
  for (const ListedQuantity& quantity : quantities) {
    columns.push_back(quantity.column);
    distributions.emplace_back(quantity.scale);
  }
  for (BlockwiseRows rows(trials, columns); !rows.at_end(); rows.go_to_next_block()) {
    for (std::size_t q = 0; q < quantities.size(); ++q) distributions[q].add_all(rows.block(q));
  }
  return distributions;
}

}  // namespace logmargin
