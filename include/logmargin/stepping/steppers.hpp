#pragma once

#include <limits>

#include "logmargin/stepping/advance_coupled.hpp"
#include "logmargin/stepping/descent.hpp"
#include "logmargin/stepping/leaping_point.hpp"
#include "logmargin/stepping/method_state.hpp"

namespace logmargin {

/// A stepper says how one network of a cell moves. There is one for each kind of cell; with_stepper (dispatch.hpp)
/// chooses it. A stepper has
///   Number                            what its state is kept in
///   Setting(problem, lockstep_until)  what is the same for all networks of the cell: among it, up to which t steps are
///                                     taken one by one by a stepper that knows closed forms
///   network                           where it stands
///   start(problem, initial, square)   the stepper before the first step; square: the orthogonal component's, see Start
///   advance(setting, from_t, to_t, poll)
///                                     takes it on; poll() is called every so many steps, and may throw
///   outcome(problem, t)               how it stands at t, which it has come to
///   orthogonal_scale(problem)             what its orthogonal component has been scaled by
///   unresolved_t()                    how far it was followed, if it is unresolved; NaN for others
///   is_gd_exponential                 whether the method is gradient descent on the exponential loss; then also
///   coupled                           whether the points act on each other
///   computed_share                    the share of its steps that is computed one by one; NaN where they are not
///   counted

inline constexpr double never_unresolved = std::numeric_limits<double>::quiet_NaN();

/// Calls advance(t, steps) for one part of the way from from_t to to_t after the other, and polls before each.
template <class Advance, class Poll>
LOGMARGIN_HOST_DEVICE void take_steps(double from_t, double to_t, const Advance& advance, const Poll& poll) {
  for (double t = from_t; t < to_t;) {
    poll();
    const double now = smaller(to_t - t, static_cast<double>(steps_between_polls));
    advance(t, static_cast<std::int64_t>(now));
    t += now;
  }
}

/// DescentStepper takes each step of gradient descent on the exponential loss.
template <class N, bool Coupled>
struct DescentStepper : CarriedNetwork<N> {
  using Number = N;
  static constexpr bool is_gd_exponential = true;
  static constexpr bool coupled = Coupled;
  static constexpr double computed_share = 1.0;

  struct Setting {
    Rates<Number> rates;
    LOGMARGIN_HOST_DEVICE Setting(const Problem& problem, double) : rates(problem) {}
  };

  LOGMARGIN_HOST_DEVICE static DescentStepper start(const Problem&, const Network<double>& initial, double) {
    return {{narrow<Number>(initial), {}}};
  }
  template <class Poll>
  LOGMARGIN_HOST_DEVICE void advance(const Setting& setting, double from_t, double to_t, const Poll& poll) {
    take_steps(
        from_t, to_t,
        [&](double t, std::int64_t steps)
            LOGMARGIN_INLINED { descend<Coupled>(setting.rates, *this, static_cast<std::int64_t>(t), steps); },
        poll);
  }
  /// Returns whether no step from t on changes the network any more.
  LOGMARGIN_HOST_DEVICE bool rests(const Setting& setting, double t) const {
    return logmargin::rests<Coupled>(setting.rates, *this, static_cast<std::int64_t>(t));
  }
  LOGMARGIN_HOST_DEVICE Outcome outcome(const Problem& problem, double) const {
    return classify(problem, this->network);
  }
  LOGMARGIN_HOST_DEVICE static double orthogonal_scale(const Problem&) { return 1.0; }
  LOGMARGIN_HOST_DEVICE static double unresolved_t() { return never_unresolved; }
};

/// LeapStepper is for the same method on decoupled data: it takes closed forms as soon as a point has settled.
struct LeapStepper {
  using Number = double;
  static constexpr bool is_gd_exponential = true;
  static constexpr bool coupled = false;
  static constexpr double computed_share = std::numeric_limits<double>::quiet_NaN();

  struct Setting {
    double rate_positive, rate_negative, lockstep_until;
    LOGMARGIN_HOST_DEVICE Setting(const Problem& problem, double until)
        : rate_positive(problem.rate_positive), rate_negative(problem.rate_negative), lockstep_until(until) {}
  };

  Network<double> network;
  double phase[2];  ///< of the two points; see LeapingPoint
  double rise[2];

  LOGMARGIN_HOST_DEVICE static LeapStepper start(const Problem& problem, const Network<double>& initial, double) {
    return {initial,
            {leaping_point(problem.rate_positive, {initial.z11, initial.z21}).phase,
             leaping_point(problem.rate_negative, {initial.z22, initial.z12}).phase},
            {}};
  }
  template <class Poll>
  LOGMARGIN_HOST_DEVICE void advance(const Setting& setting, double from_t, double to_t, const Poll& poll) {
    poll();
    LeapingPoint first = {{network.z11, network.z21}, phase[0], rise[0]};
    LeapingPoint second = {{network.z22, network.z12}, phase[1], rise[1]};
    advance_leaping(setting.rate_positive, setting.lockstep_until, from_t, to_t, first);
    advance_leaping(setting.rate_negative, setting.lockstep_until, from_t, to_t, second);
    *this = {{first.state.correct, second.state.wrong, first.state.wrong, second.state.correct},
             {first.phase, second.phase},
             {first.rise, second.rise}};
  }
  /// Returns the outcome; leaps cannot stagnate.
  LOGMARGIN_HOST_DEVICE Outcome outcome(const Problem& problem, double) const {
    return classify(problem, network, false);
  }
  LOGMARGIN_HOST_DEVICE static double orthogonal_scale(const Problem&) { return 1.0; }
  LOGMARGIN_HOST_DEVICE static double unresolved_t() { return never_unresolved; }
};

template <class Visit>
LOGMARGIN_HOST_DEVICE void for_each_column(LeapStepper& stepper, Visit&& visit) {
  for_each_column(stepper.network, visit);
  for (double& phase : stepper.phase) visit(phase);
  for (double& rise : stepper.rise) visit(rise);
}

/// OptimizerStepper takes each step of any method, and keeps what its optimiser remembers.
struct OptimizerStepper : MethodState {
  using Number = double;
  static constexpr bool is_gd_exponential = false;
  static constexpr double computed_share = 1.0;

  struct Setting {
    Problem problem;
    LOGMARGIN_HOST_DEVICE Setting(const Problem& of_cell, double) : problem(of_cell) {}
  };

  LOGMARGIN_HOST_DEVICE static OptimizerStepper start(const Problem& problem, const Network<double>& initial,
                                                      double orthogonal_square) {
    return {start_of(problem, initial, orthogonal_square)};
  }
  template <class Poll>
  LOGMARGIN_HOST_DEVICE void advance(const Setting& setting, double from_t, double to_t, const Poll& poll) {
    take_steps(
        from_t, to_t,
        [&](double t, std::int64_t steps) LOGMARGIN_INLINED { advance_state(setting.problem, t, steps, *this); }, poll);
  }
  LOGMARGIN_HOST_DEVICE Outcome outcome(const Problem& problem, double t) const { return classify(problem, t, *this); }
  LOGMARGIN_HOST_DEVICE double orthogonal_scale(const Problem& problem) const {
    return logmargin::orthogonal_scale(problem.method, *this);
  }
  LOGMARGIN_HOST_DEVICE static double unresolved_t() { return never_unresolved; }
};

/// PathStepper is for methods without steps: the network follows its path to any t.
struct PathStepper {
  using Number = double;
  static constexpr bool is_gd_exponential = false;
  static constexpr double computed_share = 0.0;

  struct Setting {
    Problem problem;
    LOGMARGIN_HOST_DEVICE Setting(const Problem& of_cell, double) : problem(of_cell) {}
  };

  Network<double> network;
  OdeSolution path;

  LOGMARGIN_HOST_DEVICE static PathStepper start(const Problem& problem, const Network<double>& initial, double) {
    return {initial, path_of(problem, initial)};
  }
  template <class Poll>
  LOGMARGIN_HOST_DEVICE void advance(const Setting& setting, double from_t, double to_t, const Poll& poll) {
    poll();
    if (to_t > from_t) network = network_at(setting.problem, path, to_t);
  }
  /// Returns the outcome. Nothing stagnates on a path, but a path may have been given up.
  LOGMARGIN_HOST_DEVICE Outcome outcome(const Problem& problem, double) const {
    return path.failed() ? Outcome::unresolved : classify(problem, network, false);
  }
  LOGMARGIN_HOST_DEVICE static double orthogonal_scale(const Problem&) { return 1.0; }
  LOGMARGIN_HOST_DEVICE double unresolved_t() const { return path.failed() ? reached_t_of(path) : never_unresolved; }
};

}  // namespace logmargin
