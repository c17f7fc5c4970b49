#include "host/tally/tally.hpp"

#include <limits>

namespace logmargin {

namespace {

template <std::size_t Size>
void add_counts(std::array<std::uint64_t, Size>& to, const std::array<std::uint64_t, Size>& from) {
  for (std::size_t i = 0; i < Size; ++i) to[i] += from[i];
}

}  // namespace

CheckpointTally& CheckpointTally::operator+=(const CheckpointTally& other) {
  classified += other.classified;
  add_counts(patterns, other.patterns);
  margin += other.margin;
  gap += other.gap;
  log10_loss += other.log10_loss;
  local_log_exponent += other.local_log_exponent;
  return *this;
}

FitTally& FitTally::operator+=(const FitTally& other) {
  inverse_log_constant += other.inverse_log_constant;
  constant_ratio += other.constant_ratio;
  inverse_log_r2 += other.inverse_log_r2;
  log_exponent += other.log_exponent;
  power_exponent += other.power_exponent;
  add_counts(best, other.best);
  return *this;
}

TimeToGapTally& TimeToGapTally::operator+=(const TimeToGapTally& other) {
  log10_t += other.log10_t;
  never_above += other.never_above;
  return *this;
}

HorizonTally& HorizonTally::operator+=(const HorizonTally& other) {
  add_counts(outcome, other.outcome);
  add_counts(dead_points, other.dead_points);
  dip_margin += other.dip_margin;
  dip_log10_t += other.dip_log10_t;
  limiting_constant += other.limiting_constant;
  for (std::size_t i = 0; i < fit.size(); ++i) fit[i] += other.fit[i];
  for (std::size_t i = 0; i < time_to_gap.size(); ++i) time_to_gap[i] += other.time_to_gap[i];
  power_law_first_inverse_log_last += other.power_law_first_inverse_log_last;
  return *this;
}

TrialValues trial_values(const HorizonState& state, const Schedule& schedule) {
  TrialValues values = {horizon_values(state.problem, state.network, state.outcome), state.dip, {}, state.log10_t_eps};
  if (!values.horizon.converging()) return values;
  values.fits.reserve(schedule.fits.size());
  for (std::size_t i = 0; i < schedule.fits.size(); ++i) {
    values.fits.push_back(fit_values(values.horizon, state.sums[i], schedule.fits[i].window));
  }
  return values;
}

void add(HorizonTally& tally, const TrialValues& values) {
  ++tally.outcome[static_cast<std::size_t>(values.horizon.outcome)];
  ++tally.dead_points[static_cast<std::size_t>(values.horizon.dead_points)];
  if (!values.horizon.converging()) return;

  tally.dip_margin.add(values.dip.margin);
  tally.dip_log10_t.add(log10_of_time(values.dip.t));
  tally.limiting_constant.add(values.horizon.limiting_constant);
  for (std::size_t i = 0; i < values.fits.size(); ++i) {
    const FitValues& fit = values.fits[i];
    tally.fit[i].inverse_log_constant.add(fit.rates.inverse_log_constant);
    tally.fit[i].constant_ratio.add(fit.constant_ratio);
    tally.fit[i].inverse_log_r2.add(fit.rates.inverse_log_r2);
    tally.fit[i].log_exponent.add(fit.rates.log_exponent);
    tally.fit[i].power_exponent.add(fit.rates.power_exponent);
    ++tally.fit[i].best[static_cast<std::size_t>(fit.rates.best)];
  }
  if (values.fits.front().rates.best == FittedLaw::power_exponent &&
      values.fits.back().rates.best == FittedLaw::inverse_log) {
    ++tally.power_law_first_inverse_log_last;
  }

  for (std::size_t i = 0; i < values.log10_t_eps.size(); ++i) {
    if (values.log10_t_eps[i] == -std::numeric_limits<double>::infinity()) {
      ++tally.time_to_gap[i].never_above;
    } else {
      tally.time_to_gap[i].log10_t.add(values.log10_t_eps[i]);
    }
  }
}

}  // namespace logmargin
