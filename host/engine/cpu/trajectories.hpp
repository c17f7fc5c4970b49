#pragma once

#include <limits>
#include <type_traits>
#include <vector>

#include "host/engine/cpu/stepped_networks.hpp"

namespace logmargin {

inline constexpr int phase_columns = 4;
/// These columns hold how far a network was followed, and with which effort.
inline constexpr int unresolved_columns = 2;

/// Trajectories holds the states of neighbouring networks and moves them. They move in lockstep, and by leaps once they
/// have settled; under a method without steps they move along their paths.
///
/// A side (see correct_column) has settled when its whole future is in closed form; its phase then says all of it.
class Trajectories {
 public:
  /// Takes the networks as they are at t = 0. orthogonal: as for SteppedNetworks.
  Trajectories(const Problem& problem, const Stepping& stepping, const std::vector<Network<double>>& initial,
               const std::vector<OrthogonalComponent<double>>& orthogonal = {});

  /// Takes every network to t, but those that are found to be unresolved on the way. Throws Interrupted. Precondition:
  /// t is not below the t reached.
  void advance(const SimdDispatchTable& kernels, double to_t, BatchScratch& scratch, RunControl& control);

  std::size_t count() const { return networks_.count(); }
  std::size_t padded_count() const { return networks_.padded_count(); }
  ColumnsView state() { return networks_.state(); }
  Network<double> network(std::size_t i) { return networks_.network(i); }
  double orthogonal_scale(std::size_t i) { return networks_.orthogonal_scale(i); }
  /// Returns how the network stands. Rounding can hold a network that has come here step by step; leaps cannot
  /// stagnate.
  Outcome outcome(std::size_t i);
  /// Returns how far an unresolved network was followed, and NaN for others. From there on it has no closed form for
  /// more steps than can be taken one by one, or its flow is too stiff.
  double unresolved_t(std::size_t i) const { return unresolved_t_[i]; }

 private:
  double rate(int side) const { return side == 0 ? problem_.rate_positive : problem_.rate_negative; }
  template <bool coupled>
  struct LeapingGroup;

  template <class Stepper>
  bool may_stagnate(std::size_t i);
  template <bool coupled>
  bool side_settles(int side, std::size_t i);
  template <bool coupled>
  void find_settled();
  void leap_points(double steps);
  void leap_networks(double to_t, RunControl& control);
  template <bool coupled>
  void place_settled(const SimdDispatchTable& kernels, double to_t);
  void follow_paths(double to_t, RunControl& control);

  Problem problem_;
  Stepping stepping_;
  SteppedNetworks<double> networks_;
  AlignedColumns phases_;      ///< of side 0 and 1; NaN until settled
  AlignedColumns intercepts_;  ///< coupled data: of z12 and z21, see settled_motion
  std::vector<double> unresolved_t_;
  std::vector<double> efforts_;     ///< of each network of coupled points since lockstep ended, see AdvanceResult
  std::vector<OdeSolution> paths_;  ///< of a method without steps; else none
};

/// PairTrajectories moves networks in mixed precision, which knows lockstep alone.
class PairTrajectories : public SteppedNetworks<Pair<float>> {
 public:
  PairTrajectories(const Problem& problem, const Stepping&, const std::vector<Network<double>>& initial,
                   const std::vector<OrthogonalComponent<double>>& orthogonal = {})
      : SteppedNetworks(problem, initial, orthogonal), problem_(problem) {}

  Outcome outcome(std::size_t i) { return classify(problem_, network(i)); }
  double unresolved_t(std::size_t) const { return std::numeric_limits<double>::quiet_NaN(); }

 private:
  Problem problem_;
};

template <class Number>
using TrajectoriesOf = std::conditional_t<std::is_same_v<Number, double>, Trajectories, PairTrajectories>;

}  // namespace logmargin
