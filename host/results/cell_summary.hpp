#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "host/plan/experiment.hpp"
#include "host/results/round_histogram.hpp"
#include "host/results/theory.hpp"
#include "host/tally/tally.hpp"

namespace logmargin {

/// What the networks of a cell show at one recorded t.
struct RecordedSummary {
  double t;
  std::uint64_t classified = 0;  ///< networks that classify both points
  std::array<std::uint64_t, 16> patterns =
      {};  ///< networks by activation pattern: bit 0 is z11 > 0, then z12, z21, z22
  std::array<Quantiles, RecordedQuantities::quantities> quantities = {};  ///< in the order of RecordedQuantities

  const Quantiles& margin() const { return quantities[RecordedQuantities::margin]; }
  const Quantiles& gap() const { return quantities[RecordedQuantities::gap]; }
  const Quantiles& log10_loss() const { return quantities[RecordedQuantities::log10_loss]; }
  const Quantiles& local_log_exponent() const { return quantities[RecordedQuantities::local_log_exponent]; }
};

/// The fits of the converging networks' gaps that end at one horizon.
struct FitSummary {
  double t;                                              ///< the horizon
  Quantiles constant, ratio, r2;                         ///< gap ~ C / ln t: C, C over that of theory, R^2 of the fit
  Quantiles log_exponent, power_exponent;                ///< p of gap ~ (ln t)^-p, q of gap ~ t^-q
  std::array<std::uint64_t, fitted_laws> best_fit = {};  ///< networks by the law that fits best, as law_names
};

/// log10 of the time from which on the gap stays at or below a threshold, over the converging networks.
struct TimeToGapSummary {
  Threshold threshold;
  Quantiles log10_t;
  std::uint64_t never_above, never_within, not_known;  ///< networks without such a time
  std::vector<Bar> bars;                               ///< the histogram of log10_t
};

/// What the networks of a cell show at the horizon: all that files, tables and reports say of it is computed here,
/// once. Quantiles are over the converging networks, but for the last.
struct CellSummary {
  std::size_t index = 0;  ///< of the cell
  Cell cell;
  std::uint64_t trials = 0;
  double horizon = 0.0;
  std::array<std::uint64_t, outcomes> outcome = {};    ///< networks by outcome, as outcome_names
  std::array<std::uint64_t, 3> dead_points = {};       ///< networks by how many points activate no neuron
  Quantiles dip_margin, dip_log10_t;                   ///< the lowest margin, and log10 of its t where that is not 0
  Quantiles limiting_constant;                         ///< C of theory
  Quantiles margin_ratio;                              ///< margins over the largest possible one
  double limiting_gap = 0.0;                           ///< what the gap goes to
  Quantiles gap_excess;                                ///< |gap - limiting_gap|
  std::vector<FitSummary> fits;                        ///< at earlier horizons, then at the run's own
  std::uint64_t power_law_first_inverse_log_last = 0;  ///< networks: best fits of the first and the last
  std::vector<TimeToGapSummary> times;                 ///< a threshold each
  Theory theory;
  std::vector<Bar> log_exponent_bars, ratio_bars;  ///< histograms of the last fit
  RoundHistogram log_exponent_rows;                ///< the same as a terminal shows it
  Quantiles unresolved_log10_t;                    ///< how far unresolved networks were followed

  /// Returns the fit at the run's own horizon.
  const FitSummary& fit() const { return fits.back(); }
  /// Returns the share of the networks that have an outcome.
  double share(Outcome of) const {
    return static_cast<double>(outcome[static_cast<std::size_t>(of)]) / static_cast<double>(trials);
  }
};

RecordedSummary summary_of(double t, const CheckpointTally& tally);

/// Precondition: the tally is of all the experiment's trials of that cell.
CellSummary summary_of(std::size_t index, const Cell& cell, const Experiment& experiment, const HorizonTally& tally);

}  // namespace logmargin
