#include "host/tally/tally.hpp"

#include "host/plan/schedule.hpp"
#include "logmargin/horizon_values.hpp"

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
  return *this;
}

HorizonTally& HorizonTally::operator+=(const HorizonTally& other) {
  add_counts(outcome, other.outcome);
  add_counts(dead_points, other.dead_points);
  dip_margin += other.dip_margin;
  dip_log10_t += other.dip_log10_t;
  inverse_log_constant += other.inverse_log_constant;
  limiting_constant += other.limiting_constant;
  constant_ratio += other.constant_ratio;
  inverse_log_r2 += other.inverse_log_r2;
  log_exponent += other.log_exponent;
  power_exponent += other.power_exponent;
  add_counts(best_fit, other.best_fit);
  return *this;
}

template <class Number>
void add(HorizonTally& tally, const Problem& problem, const Network<Number>& network, const Dip<double>& dip,
         const FitSums<double>& sums, const FitWindow& window) {
  const HorizonValues values = horizon_values(problem, network, dip, sums, window);
  ++tally.outcome[static_cast<std::size_t>(values.outcome)];
  ++tally.dead_points[static_cast<std::size_t>(values.dead_points)];
  if (!values.converging()) return;

  tally.dip_margin.add(values.dip.margin);
  tally.dip_log10_t.add(log10_of_time(values.dip.t));
  tally.inverse_log_constant.add(values.fit.inverse_log_constant);
  tally.limiting_constant.add(values.limiting_constant);
  tally.constant_ratio.add(values.constant_ratio);
  tally.inverse_log_r2.add(values.fit.inverse_log_r2);
  tally.log_exponent.add(values.fit.log_exponent);
  tally.power_exponent.add(values.fit.power_exponent);
  ++tally.best_fit[static_cast<std::size_t>(values.fit.best)];
}

template void add(HorizonTally&, const Problem&, const Network<double>&, const Dip<double>&, const FitSums<double>&,
                  const FitWindow&);
template void add(HorizonTally&, const Problem&, const Network<Pair<float>>&, const Dip<double>&,
                  const FitSums<double>&, const FitWindow&);

}  // namespace logmargin
