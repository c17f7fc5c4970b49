#pragma once

#include <vector>

#include "host/engine/columns.hpp"
#include "host/engine/engine.hpp"

namespace logmargin {

/// Working memory that batches on one thread share: nothing in it outlives a call.
struct BatchScratch {
  explicit BatchScratch(std::size_t capacity)
      : observation(observation_columns, padded(capacity)), packed(network_columns, padded(capacity)) {
    chosen.reserve(capacity);
  }

  AlignedColumns observation;
  AlignedColumns packed;
  std::vector<std::uint32_t> chosen;
};

/// The states of neighbouring networks, and how they move: in lockstep, and by leaps once they have settled.
///
/// A side is one point's right neuron at work: side 0 is z11 at the first point, side 1 z22 at the second. It has
/// settled when its whole future is in closed form; its phase then says all of it.
class Trajectories {
 public:
  Trajectories(const Problem& problem, const Stepping& stepping, const std::vector<Network<double>>& initial);

  /// Takes every network to t. Throws Interrupted, and OutOfReach where a network has no closed form for more steps
  /// than can be taken one by one. Precondition: t is not below the t reached.
  void advance(const LaneKernels& kernels, double to_t, BatchScratch& scratch, RunControl& control);

  std::size_t count() const { return count_; }
  std::size_t padded_count() const { return padded_; }
  ColumnsView state() { return state_.view(); }
  Network<double> network(std::size_t i) { return record_at<Network<double>>(state_.view(), i); }

 private:
  static constexpr int correct_column[2] = {0, 3};
  static constexpr int wrong_column[2] = {2, 1};

  double rate(int side) const { return side == 0 ? problem_.rate_positive : problem_.rate_negative; }
  bool side_settles(int side, std::size_t i);
  void settle_newly();
  bool moves_unsettled(int side, std::size_t i);
  bool network_moves_unsettled(std::size_t i);

  void lockstep_to(const LaneKernels& kernels, double to_t, BatchScratch& scratch, RunControl& control);
  void step_points(const LaneKernels& kernels, int side, std::int64_t steps, BatchScratch& scratch,
                   RunControl& control);
  void step_networks(const LaneKernels& kernels, std::int64_t steps, BatchScratch& scratch, RunControl& control);
  void leap_unsettled_points(double to_t, RunControl& control);
  void carry_unsettled_networks(double to_t, RunControl& control);
  void leap_settled(const LaneKernels& kernels, double to_t);

  Problem problem_;
  Stepping stepping_;
  std::size_t count_;
  std::size_t padded_;
  double reached_t_ = 0.0;
  AlignedColumns state_;
  AlignedColumns phases_;      ///< of side 0 and 1; NaN until settled
  AlignedColumns intercepts_;  ///< coupled data: of z12 and z21, see Settled
};

}  // namespace logmargin
