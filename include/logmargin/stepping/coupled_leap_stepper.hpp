#pragma once

#include "logmargin/stepping/steppers.hpp"

namespace logmargin {

/// Returns a network of NaN: nothing is known of an unresolved network where it has not been followed.
LOGMARGIN_HOST_DEVICE constexpr Network<double> unknown_network() {
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  return {unknown, unknown, unknown, unknown};
}

/// CoupledLeapStepper is for gradient descent on the exponential loss and coupled data: it takes closed forms where
/// there are some, see advance_coupled. The right neuron of a point that has settled climbs in closed form and drives
/// its pre-activation at the other point along. The networks of a cell seldom leap alike, so a GPU has no use for it.
struct CoupledLeapStepper : CarriedNetwork<double> {
  using Number = double;
  static constexpr bool is_gd_exponential = true;
  static constexpr bool coupled = true;
  static constexpr double computed_share = std::numeric_limits<double>::quiet_NaN();

  struct Setting {
    Problem problem;
    Rates<double> rates;
    double lockstep_until;
    Setting(const Problem& of_cell, double until) : problem(of_cell), rates(of_cell), lockstep_until(until) {}
  };

  double phase[2] = {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  double intercept[2] = {0.0, 0.0};  ///< of the driven pre-activation, once a point has a phase
  double effort = 0.0;               ///< in steps, since lockstep ended
  double followed_to = never_unresolved;

  static CoupledLeapStepper start(const Problem& problem, const Network<double>& initial, double) {
    CoupledLeapStepper stepper = {{initial, {}}};
    stepper.find_settled(problem, 0.0);
    return stepper;
  }
  template <class Poll>
  void advance(const Setting& setting, double from_t, double to_t, const Poll& poll) {
    if (from_t == to_t) return;
    poll();
    Group<Poll> group = {*this, setting, setting.problem, from_t, poll};
    advance_with_leaps(group, setting.lockstep_until, to_t);
  }
  Outcome outcome(const Problem& problem, double) const {
    if (!std::isnan(followed_to)) return Outcome::unresolved;
    // Leaps take a network beside a dead point, and one that has specialised.
    const bool may_stagnate = needs_steps() && !specialised(network) && dead_points(network) == 0;
    return classify(problem, network, may_stagnate);
  }
  static double orthogonal_scale(const Problem&) { return 1.0; }
  double unresolved_t() const { return followed_to; }

 private:
  template <class Poll>
  struct Group {
    CoupledLeapStepper& stepper;
    const Setting& setting;
    const Problem& problem;
    double reached_t;
    const Poll& poll;

    double t() const { return reached_t; }
    bool needs_steps() const { return stepper.needs_steps(); }
    void step_to(double to_t) {
      take_steps(
          reached_t, to_t,
          [&](double t, std::int64_t steps) {
            if (stepper.needs_steps()) descend<true>(setting.rates, stepper, static_cast<std::int64_t>(t), steps);
          },
          poll);
      reached_t = to_t;
    }
    void find_settled() { stepper.find_settled(problem, reached_t); }
    void leap_to(double to_t) {
      if (stepper.needs_steps()) stepper.leap(problem, reached_t, to_t, poll);
      reached_t = to_t;
    }
    void place_settled(double to_t) { stepper.place_settled(problem, to_t); }
  };

  static double rate(const Problem& problem, int side) {
    return side == 0 ? problem.rate_positive : problem.rate_negative;
  }
  PointState<double> point(int side) const {
    return side == 0 ? PointState<double>{network.z11, network.z21} : PointState<double>{network.z22, network.z12};
  }
  double& correct(int side) { return side == 0 ? network.z11 : network.z22; }
  double& driven(int side) { return side == 0 ? network.z12 : network.z21; }

  bool needs_steps(int side) const {
    return std::isnan(phase[side]) && (positive(point(side).correct) || positive(point(side).wrong));
  }
  bool needs_steps() const { return needs_steps(0) || needs_steps(1); }

  void find_settled(const Problem& problem, double t) {
    for (int side = 0; side < 2; ++side) {
      const bool settles = std::isnan(phase[side]) && problem.rate_coupling < 0.0 &&
                           point_settles(rate(problem, side), point(side)) && point(1 - side).wrong <= 0.0;
      if (!settles) continue;
      phase[side] = phase_of(rate(problem, side), correct(side), t);
      intercept[side] = driven(side) - problem.rate_coupling / rate(problem, side) * correct(side);
    }
  }
  template <class Poll>
  void leap(const Problem& problem, double from_t, double to_t, const Poll& poll) {
    const AdvanceResult result = advance_coupled(problem, network, from_t, to_t, most_steps_one_by_one - effort, poll);
    effort += result.effort;
    if (result.steps_left > 0.0) followed_to = result.reached_t;
    network = result.steps_left > 0.0 ? unknown_network() : result.network;
  }
  void place_settled(const Problem& problem, double t) {
    for (int side = 0; side < 2; ++side) {
      if (std::isnan(phase[side])) continue;
      correct(side) = at_phase(logarithm(rate(problem, side)), phase[side], t);
      driven(side) = lane<double>::fma(problem.rate_coupling / rate(problem, side), correct(side), intercept[side]);
    }
  }
};

}  // namespace logmargin
