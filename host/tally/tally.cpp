#include "host/tally/tally.hpp"

#include <limits>

#include "host/tally/tally_fields.hpp"
#include "logmargin/stepping/time_to_gap.hpp"

namespace logmargin {

namespace {

/// Add adds one field of a tally to another's.
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

RecordedTally& RecordedTally::operator+=(const RecordedTally& other) {
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
  const Outcome outcome = values.horizon.outcome;
  ++tally.outcome[static_cast<std::size_t>(outcome)];
  ++tally.dead_points[static_cast<std::size_t>(values.horizon.dead_points)];
  const double followed_log10_t = outcome == Outcome::unresolved ? log10_of_time(values.unresolved_t) : 0.0;
  const auto at_horizon = horizon_quantities(values.horizon, values.dip.margin, followed_log10_t);
  for (int q = 0; q < HorizonQuantities::quantities; ++q) {
    if (!HorizonQuantities::is_of(q, outcome)) continue;
    (tally.*horizon_distributions[static_cast<std::size_t>(q)]).add(at_horizon.value[q]);
  }
  if (!values.horizon.converging()) return;

  tally.dip_log10_t.add(log10_of_time(values.dip.t));
  ++tally.law[static_cast<std::size_t>(values.law)];
  for (std::size_t i = 0; i < values.fits.size(); ++i) {
    const FitValues& fit = values.fits[i];
    const auto of_fit = fit_quantities(fit);
    for (std::size_t q = 0; q < fit_distributions.size(); ++q) {
      (tally.fit[i].*fit_distributions[q]).add(of_fit.value[q]);
    }
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
