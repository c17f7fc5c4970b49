#pragma once

#include <vector>

#include "host/engine/cpu/batch.hpp"

namespace logmargin::testing {

/// A multiple of lane_block networks in columns, as the lane kernels take them. Dead networks fill the last block.
class NetworkColumns {
 public:
  explicit NetworkColumns(const std::vector<Network<double>>& networks, std::int64_t t = 0)
      : t_(t),
        size_((networks.size() + lane_block - 1) / lane_block * lane_block),
        state_(carried_columns, size_),
        dips_(dip_columns, size_),
        sums_(fit_columns, size_),
        previous_ln_gap_(1, size_),
        seen_(observation_columns, size_) {
    for (std::size_t i = 0; i < networks.size(); ++i) {
      const Network<double>& z = networks[i];
      int c = 0;
      for (const double value : {z.z11, z.z12, z.z21, z.z22}) state_.view().column(c++)[i] = value;
    }
    for (std::size_t i = 0; i < size_; ++i) {
      dips_.view().column(0)[i] = no_dip<double>().margin;
      previous_ln_gap_.column(0)[i] = std::numeric_limits<double>::quiet_NaN();
    }
  }

  void advance_points(const SimdDispatchTable& kernels, const Problem& problem, std::int64_t steps) {
    const ColumnsView z = state_.view();
    kernels.descent.points(problem.rate_positive, t_, steps, {z.column(0), z.column(2), z.column(4)}, size_);
    kernels.descent.points(problem.rate_negative, t_, steps, {z.column(3), z.column(1), z.column(5)}, size_);
    t_ += steps;
  }
  void advance_networks(const SimdDispatchTable& kernels, const Problem& problem, std::int64_t steps) {
    kernels.descent.networks(problem, t_, steps, state_.view(), size_);
    t_ += steps;
  }
  void observe(const SimdDispatchTable& kernels, const Problem& problem, const RecordedTime& time) {
    const ObservationView seen = observation_view(seen_);
    kernels.observe(problem, state_.view(), size_, time, dips_.view(), previous_ln_gap_.column(0), seen);
    if (time.in_fit_window) kernels.add_to_fits(seen.excess_gap, size_, time, sums_.view());
  }

  std::size_t size() const { return size_; }
  Network<double> network(std::size_t i) {
    const ColumnsView z = state_.view();
    return {z.column(0)[i], z.column(1)[i], z.column(2)[i], z.column(3)[i]};
  }
  Observation<double> seen(std::size_t i) { return observation_at(observation_view(seen_), i); }
  /// State, observation, dip and sums of a network, in that order.
  std::vector<double> everything(std::size_t i) {
    std::vector<double> values;
    const auto append = [&](ColumnsView columns, int count) {
      for (int c = 0; c < count; ++c) values.push_back(columns.column(c)[i]);
    };
    append(state_.view(), network_columns);
    append(seen_.view(), observation_columns);
    append(dips_.view(), dip_columns);
    append(sums_.view(), fit_columns);
    return values;
  }

 private:
  std::int64_t t_;
  std::size_t size_;
  AlignedColumns state_, dips_, sums_, previous_ln_gap_, seen_;
};

}  // namespace logmargin::testing
