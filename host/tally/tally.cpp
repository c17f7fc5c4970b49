#include "host/tally/tally.hpp"

#include <limits>

#include "host/tally/tally_fields.hpp"
#include "logmargin/time_to_gap.hpp"

namespace logmargin {

namespace {

/// Adds one field of a tally to another's.
struct Add {
  template <class Field>
  void operator()(Field& to, const Field& from) const {
    to += from;
  }
  template <std::size_t Size>
  void operator()(std::array<std::uint64_t, Size>& to, const std::array<std::uint64_t, Size>& from) const {
    for (std::size_t i = 0; i < Size; ++i) to[i] += from[i];
  }
};

}  // namespace

CheckpointTally& CheckpointTally::operator+=(const CheckpointTally& other) {
  for_each_field(Add{}, *this, other);
  return *this;
}

FitTally& FitTally::operator+=(const FitTally& other) {
  for_each_field(Add{}, *this, other);
  return *this;
}

TimeToGapTally& TimeToGapTally::operator+=(const TimeToGapTally& other) {
  for_each_field(Add{}, *this, other);
  return *this;
}

HorizonTally& HorizonTally::operator+=(const HorizonTally& other) {
  for_each_field(Add{}, *this, other);
  return *this;
}

TrialValues trial_values(const HorizonState& state, const Schedule& schedule) {
  const double t = schedule.horizon;
  TrialValues values = {horizon_values(state.problem, state.network, state.seen, state.outcome, t),
                        LawCheck::not_determined,
                        state.unresolved_t,
                        state.dip,
                        {},
                        state.log10_t_eps};
  if (!values.horizon.converging()) return values;
  values.fits.reserve(schedule.fits.size());
  for (std::size_t i = 0; i < schedule.fits.size(); ++i) {
    values.fits.push_back(fit_values(values.horizon, state.sums[i], schedule.fits[i].window));
  }
  values.law = check_law(state.problem, values.horizon, values.fits.back().constant_ratio, t);
  return values;
}

void add(HorizonTally& tally, const TrialValues& values) {
  ++tally.outcome[static_cast<std::size_t>(values.horizon.outcome)];
  if (values.horizon.outcome == Outcome::unresolved) tally.unresolved_log10_t.add(log10_of_time(values.unresolved_t));
  ++tally.dead_points[static_cast<std::size_t>(values.horizon.dead_points)];
  if (!values.horizon.converging()) return;

  tally.dip_margin.add(values.dip.margin);
  tally.dip_log10_t.add(log10_of_time(values.dip.t));
  tally.limiting_constant.add(values.horizon.limiting_constant);
  tally.margin.add(values.horizon.margin);
  tally.excess.add(values.horizon.excess);
  ++tally.law[static_cast<std::size_t>(values.law)];
  tally.log10_t_of_law.add(values.horizon.log10_t_of_law);
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
    const double log10_t = values.log10_t_eps[i];
    TimeToGapTally& time = tally.time_to_gap[i];
    if (log10_t == gap_never_above) {
      ++time.never_above;
    } else if (log10_t == gap_never_within) {
      ++time.never_within;
    } else if (std::isnan(log10_t)) {
      ++time.not_known;
    } else {
      time.log10_t.add(log10_t);
    }
  }
}

}  // namespace logmargin
