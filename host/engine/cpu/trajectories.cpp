#include "host/engine/cpu/trajectories.hpp"

#include <algorithm>
#include <cmath>

#include "logmargin/stepping/dispatch.hpp"

namespace logmargin {

namespace {

constexpr double not_settled = std::numeric_limits<double>::quiet_NaN();

/// So many paths are followed between two looks at the stop signal, which takes at worst some tenths of a second.
constexpr std::size_t paths_at_once = 4;

template <class Stepper>
constexpr bool finds_settled = std::is_same_v<Stepper, LeapStepper> || std::is_same_v<Stepper, CoupledLeapStepper>;

/// For side 0 and 1 this is the same neuron's pre-activation at the other point, which moves along in coupled data.
constexpr int follower_column[2] = {1, 2};

}  // namespace

Trajectories::Trajectories(const Problem& problem, const Stepping& stepping,
                           const std::vector<Network<double>>& initial,
                           const std::vector<OrthogonalComponent<double>>& orthogonal)
    : problem_(problem),
      stepping_(stepping),
      networks_(problem, initial, orthogonal),
      phases_(2, networks_.padded_count()),
      intercepts_(2, networks_.padded_count()),
      unresolved_t_(initial.size(), never_unresolved) {
  for (int side = 0; side < 2; ++side) std::fill_n(phases_.column(side), networks_.padded_count(), not_settled);
  with_stepper<double>(problem_, stepping_, [&]<class Stepper>(std::type_identity<Stepper>) {
    if constexpr (std::is_same_v<Stepper, PathStepper>) {
      for (const Network<double>& network : initial) paths_.push_back(path_of(problem_, network));
    } else if constexpr (finds_settled<Stepper>) {
      find_settled<Stepper::coupled>();
    }
  });
}

template <bool coupled>
bool Trajectories::side_settles(int side, std::size_t i) {
  const ColumnsView state = networks_.state();
  const PointState<double> point = {state.column(correct_column[side])[i], state.column(wrong_column[side])[i]};
  if (!point_settles(rate(side), point)) return false;
  return !coupled || (problem_.rate_coupling < 0.0 && state.column(wrong_column[1 - side])[i] <= 0.0);
}

template <bool coupled>
void Trajectories::find_settled() {
  const ColumnsView state = networks_.state();
  for (int side = 0; side < 2; ++side) {
    double* phase = phases_.column(side);
    for (std::size_t i = 0; i < count(); ++i) {
      if (!std::isnan(phase[i]) || !side_settles<coupled>(side, i)) continue;
      const double correct = state.column(correct_column[side])[i];
      phase[i] = phase_of(rate(side), correct, networks_.reached_t());
      intercepts_.column(side)[i] =
          state.column(follower_column[side])[i] - problem_.rate_coupling / rate(side) * correct;
    }
  }
}

void Trajectories::leap_points(double steps) {
  const ColumnsView phases = phases_.view();
  for (int side = 0; side < 2; ++side) {
    double* correct = networks_.state().column(correct_column[side]);
    double* wrong = networks_.state().column(wrong_column[side]);
    for (std::size_t i = 0; i < count(); ++i) {
      if (!networks_.needs_steps(side, i, &phases)) continue;
      const auto point = leap(rate(side), PointState<double>{correct[i], wrong[i]}, steps);
      correct[i] = point.correct;
      wrong[i] = point.wrong;
    }
  }
}

void Trajectories::leap_networks(double to_t, RunControl& control) {
  const ColumnsView phases = phases_.view();
  efforts_.resize(count(), 0.0);
  for (std::size_t i = 0; i < count(); ++i) {
    if (!networks_.needs_steps(0, i, &phases) && !networks_.needs_steps(1, i, &phases)) continue;
    const AdvanceResult result =
        advance_coupled(problem_, network(i), networks_.reached_t(), to_t, most_steps_one_by_one - efforts_[i],
                        [&] { control.throw_if_stop_requested(); });
    efforts_[i] += result.effort;
    control.count_computed(result.steps_one_by_one);
    if (result.steps_left > 0.0) unresolved_t_[i] = result.reached_t;
    put_record(result.steps_left > 0.0 ? unknown_network() : result.network, state(), i);
  }
}

template <bool coupled>
void Trajectories::place_settled(const SimdDispatchTable& kernels, double to_t) {
  for (int side = 0; side < 2; ++side) {
    const double* phase = phases_.column(side);
    double* correct = state().column(correct_column[side]);
    kernels.leap_climbs(logarithm(rate(side)), phase, to_t, correct, padded_count());
    if (!coupled) continue;
    double* follower = state().column(follower_column[side]);
    for (std::size_t i = 0; i < count(); ++i) {
      if (std::isnan(phase[i])) continue;
      follower[i] = lane<double>::fma(problem_.rate_coupling / rate(side), correct[i], intercepts_.column(side)[i]);
    }
  }
}

void Trajectories::follow_paths(double to_t, RunControl& control) {
  for (std::size_t i = 0; i < count(); ++i) {
    if (i % paths_at_once == 0) control.throw_if_stop_requested();
    put_record(network_at(problem_, paths_[i], to_t), state(), i);
    if (paths_[i].failed()) unresolved_t_[i] = reached_t_of(paths_[i]);
  }
  control.count_done(static_cast<double>(count()) * (to_t - networks_.reached_t()));
  networks_.set_reached(to_t);
}

Outcome Trajectories::outcome(std::size_t i) {
  if (!std::isnan(unresolved_t_[i])) return Outcome::unresolved;
  return with_stepper<double>(problem_, stepping_, [&]<class Stepper>(std::type_identity<Stepper>) {
    if constexpr (std::is_same_v<Stepper, OptimizerStepper>) {
      return classify(problem_, networks_.reached_t(), networks_.method_state(i));
    } else {
      return classify(problem_, network(i), may_stagnate<Stepper>(i));
    }
  });
}

template <class Stepper>
bool Trajectories::may_stagnate(std::size_t i) {
  if constexpr (!std::is_same_v<Stepper, CoupledLeapStepper>) {
    return !std::is_same_v<Stepper, LeapStepper> && !std::is_same_v<Stepper, PathStepper>;
  } else {
    // Leaps take a network beside a dead point, and one that has specialised.
    const ColumnsView phases = phases_.view();
    const bool stepped = networks_.needs_steps(0, i, &phases) || networks_.needs_steps(1, i, &phases);
    return stepped && !specialised(network(i)) && dead_points(network(i)) == 0;
  }
}

/// LeapingGroup is the batch as advance_with_leaps takes it along.
template <bool coupled>
struct Trajectories::LeapingGroup {
  Trajectories& batch;
  const SimdDispatchTable& kernels;
  BatchScratch& scratch;
  RunControl& control;

  double t() const { return batch.networks_.reached_t(); }
  /// Says yes always: step_to steps only networks that need steps.
  static bool needs_steps() { return true; }
  void step_to(double to_t) const {
    const ColumnsView phases = batch.phases_.view();
    batch.networks_.advance(kernels, to_t, scratch, control, &phases);
  }
  void find_settled() const { batch.find_settled<coupled>(); }
  void leap_to(double to_t) const {
    const double steps = to_t - t();
    control.throw_if_stop_requested();
    if constexpr (coupled) {
      batch.leap_networks(to_t, control);
    } else {
      batch.leap_points(steps);
    }
    control.count_done(static_cast<double>(batch.count()) * steps);
    batch.networks_.set_reached(to_t);
  }
  void place_settled(double to_t) const { batch.place_settled<coupled>(kernels, to_t); }
};

void Trajectories::advance(const SimdDispatchTable& kernels, double to_t, BatchScratch& scratch, RunControl& control) {
  if (to_t == networks_.reached_t()) return;
  with_stepper<double>(problem_, stepping_, [&]<class Stepper>(std::type_identity<Stepper>) {
    if constexpr (std::is_same_v<Stepper, PathStepper>) {
      follow_paths(to_t, control);
    } else if constexpr (finds_settled<Stepper>) {
      LeapingGroup<Stepper::coupled> group = {*this, kernels, scratch, control};
      advance_with_leaps(group, stepping_.lockstep_until, to_t);
    } else {
      networks_.advance(kernels, to_t, scratch, control);
    }
  });
}

}  // namespace logmargin
