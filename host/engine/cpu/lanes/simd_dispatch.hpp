#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
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
using PairColumnsView = ColumnsOf<Pair<float>>;

/// The columns written by SimdDispatchTable::observe.
struct ObservationView {
  double* quantity[RecordedQuantities::quantities];
  double* excess_gap;
  double* pattern;
  double* classified;
};
inline constexpr int observation_columns = RecordedQuantities::quantities + 3;

/// Networks that every loop of SimdDispatchTable treats as one block: counts are multiples of it.
inline constexpr std::size_t lane_block = 32;

/// Enough to hide the latency of a fused multiply-add on two units.
inline constexpr int fma_chains = 12;

/// Steps without the choices that others need: of settled points of decoupled data (see is_settled), whose wrong
/// pre-activation stays and kappa_ii = rate, and of settled networks with coupled points. Preconditions as below.
struct SettledLoops {
  void (*points)(double rate, double* correct, std::size_t count, std::int64_t steps);
  void (*pair_points)(double rate, Pair<float>* correct, std::size_t count, std::int64_t steps);
  void (*networks)(const Problem& problem, ColumnsView state, std::size_t count, std::int64_t steps);
  void (*pair_networks)(const Problem& problem, PairColumnsView state, std::size_t count, std::int64_t steps);
};

/// What is done for one network after the other, with scalars alone: compiled for processors with and without fused
/// multiply-adds, and once for all wider instruction sets.
struct SingleNetworkLoops {
  /// States of trials first ... first + count - 1 under the laws and the seed, before the first step.
  void (*initialise)(const Problem& problem, const InitialDistributions& laws, std::uint64_t seed, std::uint64_t first,
                     std::size_t count, ColumnsView state);
  /// The same for trials in space, with their orthogonal components.
  void (*initialise_in_space)(const Problem& problem, const InitialDistributions& laws, const SpaceAxes& axes,
                              std::uint64_t seed, std::uint64_t first, std::size_t count, ColumnsView state,
                              ColumnsView orthogonal);
  /// log10_times_to_gap of one network, under any method; orthogonal: of one in space, else null.
  void (*times_to_gap)(const Problem& problem, const Network<double>& initial,
                       const OrthogonalComponent<double>* orthogonal, const double* thresholds, std::size_t count,
                       double* log10_t);
};

/// The inner loops, compiled once for each instruction set and chosen when the program runs. All give the same bits.
/// Precondition of each: count is a multiple of lane_block, columns are 64-byte aligned.
struct SimdDispatchTable {
  std::string_view name;
  int lanes;

  SettledLoops settled;
  SingleNetworkLoops single;
  /// Steps of single points of decoupled data, kappa_ii = rate: state in registers from first to last step.
  void (*advance_points)(double rate, double* correct, double* wrong, std::size_t count, std::int64_t steps);
  /// Steps of whole networks with coupled points.
  void (*advance_networks)(const Problem& problem, ColumnsView state, std::size_t count, std::int64_t steps);
  /// The same steps in mixed precision, and no operation on doubles in them.
  void (*advance_pair_points)(double rate, Pair<float>* correct, Pair<float>* wrong, std::size_t count,
                              std::int64_t steps);
  void (*advance_pair_networks)(const Problem& problem, PairColumnsView state, std::size_t count, std::int64_t steps);
  /// Steps from t on of whole networks under the problem's method, with what its optimiser remembers of them (see
  /// visit_method).
  void (*advance_method)(const Problem& problem, ColumnsView state, ColumnsView memory, std::size_t count, double t,
                         std::int64_t steps);
  /// Late active pre-activations in closed form: value = log_rate + ln A^-1(phase + t); kept where the phase is NaN.
  void (*leap_climbs)(double log_rate, const double* phase, double t, double* value, std::size_t count);
  /// Observes each network and adds to its dip; previous_ln_gap is local_log_exponent's.
  void (*observe)(const Problem& problem, ColumnsView state, std::size_t count, const RecordedTime& time,
                  ColumnsView dip, double* previous_ln_gap, const ObservationView& seen);
  /// The same of networks in space, with their orthogonal components (see OrthogonalComponent).
  void (*observe_in_space)(const Problem& problem, ColumnsView state, ColumnsView orthogonal, std::size_t count,
                           const RecordedTime& time, ColumnsView dip, double* previous_ln_gap,
                           const ObservationView& seen);
  /// Adds each network's excess_gap to its fit sums. Precondition: time.in_fit_window.
  void (*add_to_fits)(const double* excess_gap, std::size_t count, const RecordedTime& time, ColumnsView sums);
  /// rounds fused multiply-adds on each of fma_chains independent vectors: the FMA units at full speed. The value
  /// returned depends on all of them.
  double (*multiply_add)(std::int64_t rounds);
};

/// What this processor can run, widest last; the first is "scalar", one network at a time.
std::vector<SimdDispatchTable> available_simd_dispatch_tables();

}  // namespace logmargin
