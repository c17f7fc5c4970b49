#pragma once

#include <initializer_list>
#include <vector>

#include "host/engine/cpu/columns.hpp"
#include "host/engine/engine.hpp"
#include "logmargin/model/orthogonal_component.hpp"
#include "logmargin/stepping/descent.hpp"
#include "logmargin/stepping/method_state.hpp"

namespace logmargin {

/// BatchScratchOf is working memory that batches on one thread share: nothing in it outlives a call.
template <class Number>
struct BatchScratchOf {
  explicit BatchScratchOf(std::size_t capacity);

  AlignedColumns observation;
  AlignedColumns of_classified;     ///< the observed quantities of classified networks alone
  AlignedColumns widened;           ///< states to be observed, where they are not kept as doubles
  AlignedColumnsOf<Number> packed;  ///< states, then what optimisers remember
  std::vector<std::uint32_t> chosen;
};

/// These are the columns of a point of decoupled data. Side 0 is the first point, whose right neuron is z11; side 1 is
/// the second, whose right neuron is z22.
inline constexpr int correct_column[2] = {0, 3};
inline constexpr int wrong_column[2] = {2, 1};
inline constexpr int rise_column[2] = {4, 5};

/// SteppedNetworks holds the states of neighbouring networks, stepped one by one. Number is the type that states are
/// kept in: double or, in mixed precision, Pair<float>.
template <class Number>
class SteppedNetworks {
 public:
  using Scratch = BatchScratchOf<Number>;

  /// Takes the networks as they are at t = 0. orthogonal: one for each network in space, none on the line.
  SteppedNetworks(const Problem& problem, const std::vector<Network<double>>& initial,
                  const std::vector<OrthogonalComponent<double>>& orthogonal);

  /// Takes every network to t, but for points that have a phase (not NaN, see Trajectories) and points where no neuron
  /// fires. Coupled points move as long as one of the two needs it. If phases is null, no point has a phase. Throws
  /// Interrupted. Precondition: t is not below the t reached.
  void advance(const SimdDispatchTable& kernels, double to_t, Scratch& scratch, RunControl& control,
               const ColumnsView* phases = nullptr);

  /// Sets the t reached, for callers that have moved the states by other means.
  void set_reached(double t) { reached_t_ = t; }
  double reached_t() const { return reached_t_; }

  std::size_t count() const { return count_; }
  std::size_t padded_count() const { return padded_; }
  ColumnsOf<Number> state() { return state_.view(); }
  Network<Number> network(std::size_t i) { return record_at<Network<Number>>(state_.view(), i); }
  /// Returns the network with what the optimiser remembers. Precondition: states are kept in double.
  MethodState method_state(std::size_t i);
  /// Returns what the network's orthogonal component has been scaled by.
  double orthogonal_scale(std::size_t i);

  bool needs_steps(int side, std::size_t i, const ColumnsView* phases);

 private:
  /// Says whether every later step leaves every network as it is, to the bit.
  bool at_rest();
  bool network_at_rest(std::size_t i);
  /// Lists the networks that need steps.
  template <class Needed>
  void choose(Scratch& scratch, const Needed& needed);
  /// Steps those columns of the networks that need it, gathered in columns 0, 1, ... of whole blocks, and returns how
  /// many there are.
  template <class Needed, class IsSlow, class Step>
  double step_needing(std::initializer_list<int> columns, Scratch& scratch, const Needed& needed, const IsSlow& is_slow,
                      const Step& step);
  template <bool coupled>
  void step_descent(const SimdDispatchTable& kernels, std::int64_t steps, Scratch& scratch, RunControl& control,
                    const ColumnsView* phases);
  void step_method(const SimdDispatchTable& kernels, std::int64_t steps, Scratch& scratch);

  Problem problem_;
  std::size_t count_;
  std::size_t padded_;  ///< up to a multiple of lane_block, with dead networks
  double reached_t_ = 0.0;
  AlignedColumnsOf<Number> state_;   ///< columns of CarriedNetwork
  bool remembers_;                   ///< whether the method takes steps other than those of gradient descent on exp
  AlignedColumnsOf<Number> memory_;  ///< of methods that remember
};

using BatchScratch = BatchScratchOf<double>;

extern template struct BatchScratchOf<double>;
extern template struct BatchScratchOf<Pair<float>>;
extern template class SteppedNetworks<double>;
extern template class SteppedNetworks<Pair<float>>;

}  // namespace logmargin
