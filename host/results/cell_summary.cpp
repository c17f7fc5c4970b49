#include "host/results/cell_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "host/plan/number.hpp"
#include "logmargin/measure/limiting_margin.hpp"

namespace logmargin {

namespace {

FitSummary summary_of(double t, const FitTally& fit) {
  return {t,
          fit.inverse_log_constant.quantiles(),
          fit.constant_ratio.quantiles(),
          fit.inverse_log_r2.quantiles(),
          fit.log_exponent.quantiles(),
          fit.power_exponent.quantiles(),
          fit.best};
}

TimeToGapSummary summary_of(const Threshold& threshold, const TimeToGapTally& time) {
  return {threshold, time.quantiles(), time.never_above, time.never_within, time.not_known, time.log10_t.bars()};
}

}  // namespace

const RecordedSummary& CellResults::at(double t) const {
  const auto found = std::find_if(recorded.begin(), recorded.end(), [&](const auto& seen) { return seen.t == t; });
  if (found != recorded.end()) return *found;
  throw std::out_of_range(fmt::format("t = {} was not recorded", number_text(t)));
}

RecordedSummary summary_of(double t, const RecordedTally& tally) {
  RecordedSummary summary = {t, tally.classified, tally.patterns};
  for (std::size_t q = 0; q < summary.quantities.size(); ++q) {
    summary.quantities[q] = (tally.*recorded_distributions[q]).quantiles();
  }
  return summary;
}

CellSummary summary_of(std::size_t index, const Cell& cell, const Experiment& experiment, const HorizonTally& tally) {
  const Problem problem = cell.problem();
  CellSummary summary;
  summary.index = index;
  summary.cell = cell;
  summary.trials = experiment.trials;
  summary.horizon = experiment.steps;
  summary.outcome = tally.outcome;
  summary.dead_points = tally.dead_points;
  summary.dip_margin = tally.dip_margin.quantiles();
  summary.dip_log10_t = tally.dip_log10_t.quantiles();
  summary.limiting_constant = tally.limiting_constant.quantiles();
  summary.margin_ratio = scaled(tally.margin.quantiles(), 1.0 / problem.optimal_margin);
  summary.limiting_gap = limiting_gap(problem);
  summary.gap_excess = tally.excess.quantiles();
  for (std::size_t i = 0; i < tally.fit.size(); ++i) {
    const bool own = i + 1 == tally.fit.size();
    summary.fits.push_back(summary_of(own ? experiment.steps : earlier_fit_horizons[i], tally.fit[i]));
  }
  summary.power_law_first_inverse_log_last = tally.power_law_first_inverse_log_last;
  for (std::size_t i = 0; i < tally.time_to_gap.size(); ++i) {
    summary.times.push_back(summary_of(experiment.thresholds[i], tally.time_to_gap[i]));
  }
  summary.theory = theory_of(cell, tally, experiment.steps);
  summary.log_exponent_bars = tally.fit.back().log_exponent.bars();
  summary.ratio_bars = tally.fit.back().constant_ratio.bars();
  summary.log_exponent_rows = round_histogram(tally.fit.back().log_exponent);
  summary.unresolved_log10_t = tally.unresolved_log10_t.quantiles();
  return summary;
}

}  // namespace logmargin
