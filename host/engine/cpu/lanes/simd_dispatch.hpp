#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <vector>

#include "logmargin/initial/initial_distributions.hpp"
#include "logmargin/measure/quantities.hpp"
#include "logmargin/measure/track.hpp"
#include "logmargin/model/pair.hpp"
#include "logmargin/optimizers/optimizers.hpp"

namespace logmargin {

/// Column c of a batch starts at data + c * stride.
template <class Number>
struct ColumnsOf {
  Number* data;
  std::size_t stride;

  Number* column(int c) const { return data + static_cast<std::size_t>(c) * stride; }
};

using ColumnsView = ColumnsOf<double>;

/// PointColumnsOf names the columns of one point of decoupled data: see PointState and rise_of_round.
template <class Number>
struct PointColumnsOf {
  Number *correct, *wrong, *rise;
};

/// ObservationView names the columns that SimdDispatchTable::observe writes.
struct ObservationView {
  double* quantity[RecordedQuantities::quantities];
  double* excess_gap;
  double* pattern;
  double* classified;
};
inline constexpr int observation_columns = RecordedQuantities::quantities + 3;

/// Returns what network i shows.
inline Observation<double> observation_at(const ObservationView& seen, std::size_t i) {
  return {seen.quantity[RecordedQuantities::margin][i], seen.quantity[RecordedQuantities::gap][i],
          seen.quantity[RecordedQuantities::log10_loss][i], seen.pattern[i], seen.classified[i]};
}

/// Every loop of SimdDispatchTable treats so many networks as one block: counts are multiples of it.
inline constexpr std::size_t lane_block = 32;

/// So many chains are enough to hide the latency of a fused multiply-add on two units.
inline constexpr int fma_chains = 12;

/// PointsLoop steps single points of decoupled data, where kappa_ii = rate.
template <class Number>
using PointsLoop = void (*)(double rate, std::int64_t t, std::int64_t steps, const PointColumnsOf<Number>& points,
                            std::size_t count);

/// DescentLoops takes so many steps of gradient descent on the exponential loss from t on; see descend. Preconditions
/// are as below.
template <class Number>
struct DescentLoops {
  PointsLoop<Number> points;
  /// Steps whole networks with coupled points, which have the columns of CarriedNetwork.
  void (*networks)(const Problem& problem, std::int64_t t, std::int64_t steps, ColumnsOf<Number> state,
                   std::size_t count);
};

/// SingleNetworkLoops is what is done for one network after the other, with scalars alone. It is compiled for
/// processors with and without fused multiply-adds, and once for all wider instruction sets.
struct SingleNetworkLoops {
  /// Stores trials first ... first + count - 1 under the laws and the seed, before the first step. orthogonal: of
  /// trials in space, else null.
  void (*initialise)(const Problem& problem, const InitialDistributions& laws, const SpaceAxes& axes,
                     std::uint64_t seed, std::uint64_t first, std::size_t count, Network<double>* networks,
                     OrthogonalComponent<double>* orthogonal);
  /// Finds log10_times_to_gap of one network, under any method. orthogonal: of a network in space, else null.
  void (*times_to_gap)(const Problem& problem, const Network<double>& initial,
                       const OrthogonalComponent<double>* orthogonal, const double* thresholds, std::size_t count,
                       double* log10_t);
};

/// SimdDispatchTable holds the inner loops, compiled once for each instruction set and chosen when the program runs.
/// All give the same bits. Precondition of each: count is a multiple of lane_block, columns are 64-byte aligned.
struct SimdDispatchTable {
  std::string_view name;
  int lanes;

  DescentLoops<double> descent;
  DescentLoops<Pair<float>> pair_descent;  ///< the same in mixed precision, without any operation on doubles
  SingleNetworkLoops single;
  /// Steps whole networks from t on under the problem's method, with what its optimiser remembers of them (see
  /// visit_method).
  void (*advance_method)(const Problem& problem, ColumnsView state, ColumnsView memory, std::size_t count, double t,
                         std::int64_t steps);
  /// Computes late active pre-activations in closed form: value = log_rate + ln A^-1(phase + t). A value is kept where
  /// its phase is NaN.
  void (*leap_climbs)(double log_rate, const double* phase, double t, double* value, std::size_t count);
  /// Observes each network and adds to its dip; previous_ln_gap is local_log_exponent's.
  void (*observe)(const Problem& problem, ColumnsView state, std::size_t count, const RecordedTime& time,
                  ColumnsView dip, double* previous_ln_gap, const ObservationView& seen);
  /// Does the same for networks in space, with their orthogonal components (see OrthogonalComponent).
  void (*observe_in_space)(const Problem& problem, ColumnsView state, ColumnsView orthogonal, std::size_t count,
                           const RecordedTime& time, ColumnsView dip, double* previous_ln_gap,
                           const ObservationView& seen);
  /// Adds each network's excess_gap to its fit sums. Precondition: time.in_fit_window.
  void (*add_to_fits)(const double* excess_gap, std::size_t count, const RecordedTime& time, ColumnsView sums);
  /// Takes rounds fused multiply-adds on each of fma_chains independent vectors, which keeps the FMA units at full
  /// speed. The value returned depends on all of them.
  double (*multiply_add)(std::int64_t rounds);
};

template <class Number>
const DescentLoops<Number>& descent_of(const SimdDispatchTable& kernels) {
  if constexpr (std::is_same_v<Number, double>) {
    return kernels.descent;
  } else {
    return kernels.pair_descent;
  }
}

/// Returns what this processor can run, widest last. The first is "scalar", one network at a time.
std::vector<SimdDispatchTable> available_simd_dispatch_tables();

}  // namespace logmargin
