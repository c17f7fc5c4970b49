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

/// RecordedSummary is what the networks of a cell show at one recorded t. Margin, gap and exponent are over those that
/// classify both points (where a network converges it does), the loss over all whose loss is finite.
struct RecordedSummary {
  double t;
  std::uint64_t classified = 0;  ///< networks that classify both points
  std::array<std::uint64_t, 16> patterns =
      {};  ///< networks by activation pattern: bit 0 is z11 > 0, then z12, z21, z22
  std::array<Quantiles, RecordedQuantities::quantities> quantities = {};  ///< in the order of RecordedQuantities

  bool has_patterns() const { return patterns != std::array<std::uint64_t, 16>{}; }
  const Quantiles& margin() const { return quantities[RecordedQuantities::margin]; }
  const Quantiles& gap() const { return quantities[RecordedQuantities::gap]; }
  const Quantiles& log10_loss() const { return quantities[RecordedQuantities::log10_loss]; }
  const Quantiles& local_log_exponent() const { return quantities[RecordedQuantities::local_log_exponent]; }
};

/// FitSummary holds the lines fitted to the converging networks' gaps, or to what is left of them above a positive
/// limiting gap, over sqrt(T) <= t <= T. A network whose line makes no sense is in none of the distributions.
struct FitSummary {
  double t;                                              ///< the horizon T at which the fit ends
  Quantiles constant;                                    ///< C of gap ~ C / ln t, whatever law theory expects
  Quantiles ratio;                                       ///< the constant of theory's own law, fitted, over theory's
  Quantiles r2;                                          ///< R^2 of the line of 1/gap on ln t
  Quantiles log_exponent, power_exponent;                ///< p of gap ~ (ln t)^-p, q of gap ~ t^-q
  std::array<std::uint64_t, fitted_laws> best_fit = {};  ///< networks by the law that fits best, as law_names
};

/// TimeToGapSummary holds log10 of the time t_eps from which on the gap stays at or below a threshold, over the
/// converging networks. Closed forms give it, so that it may lie far beyond the horizon.
struct TimeToGapSummary {
  Threshold threshold;
  Quantiles log10_t;           ///< a time that is not known counts as later than all others
  std::uint64_t never_above;   ///< networks whose gap never exceeds the threshold
  std::uint64_t never_within;  ///< networks whose gap stays above it for good
  std::uint64_t not_known;     ///< networks under a method without closed forms for it
  std::vector<Bar> bars;       ///< the histogram of log10_t
};

/// CellSummary is what the networks of a cell show at the horizon. It is made of the cell's tally once, and files,
/// tables and reports take from it what they say. Quantiles are over the converging networks, those of
/// unresolved_log10_t over the unresolved ones.
struct CellSummary {
  std::size_t index = 0;  ///< of the cell
  Cell cell;
  std::uint64_t trials = 0;
  double horizon = 0.0;
  std::array<std::uint64_t, outcomes> outcome = {};    ///< networks by outcome, as outcome_names
  std::array<std::uint64_t, 3> dead_points = {};       ///< networks by how many points activate no neuron
  Quantiles dip_margin, dip_log10_t;                   ///< the lowest margin, and log10 of its t where that is not 0
  Quantiles limiting_constant;                         ///< theory's limit of gap ln t; of gap t where theory.power_law
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

/// CellResults is what the networks of one cell showed.
struct CellResults {
  std::vector<RecordedSummary> recorded;  ///< at each recorded t, rising from 0 to the horizon
  CellSummary summary;                    ///< at the horizon

  /// Returns what they showed at a recorded t. Throws std::out_of_range where that t was not recorded; by default
  /// powers of ten are.
  const RecordedSummary& at(double t) const;
};

RecordedSummary summary_of(double t, const RecordedTally& tally);

/// Returns the summary of a cell at the horizon. Precondition: the tally is of all the experiment's trials of that
/// cell.
CellSummary summary_of(std::size_t index, const Cell& cell, const Experiment& experiment, const HorizonTally& tally);

}  // namespace logmargin
