#include "host/results/terminal/explanation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <type_traits>

#include "host/plan/number.hpp"
#include "logmargin/flow/flow_solution.hpp"
#include "logmargin/measure/limiting_constant.hpp"
#include "logmargin/stepping/dispatch.hpp"

namespace logmargin {

namespace {

/// Up to this step a network is watched step by step for what fires; later events are not told.
constexpr double last_watched_step = 1e7;
/// So many steps at which something happens are told at most; neurons that points lift again and again would fill
/// pages.
constexpr int most_told_steps = 100;

/// Returns which neurons fire at one point: the right one, and the wrong one.
std::string regime(double correct, double wrong) {
  if (correct > 0.0) return wrong > 0.0 ? "shared: both neurons fire" : "specialised: the right neuron alone fires";
  return wrong > 0.0 ? "reversed: the wrong neuron alone fires" : "dead: no neuron fires";
}

std::string situation(const Network<double>& z) {
  return fmt::format("  point 1 (label +1) is {}\n  point 2 (label -1) is {}\n", regime(z.z11, z.z21),
                     regime(z.z22, z.z12));
}

std::string event(std::string_view neuron, std::string_view point, double before, double after, double t) {
  if ((before > 0.0) == (after > 0.0)) return {};
  return fmt::format("t = {}: neuron {} {} at point {}\n", number_text(t), neuron,
                     after > 0.0 ? "starts to fire" : "stops firing", point);
}

bool nothing_more_happens(const Problem& problem, const Network<double>& z) {
  return problem.method.is_gd_exponential() && z.z12 <= 0.0 && z.z21 <= 0.0 && problem.rate_coupling <= 0.0;
}

std::string flow_event(std::string_view neuron, std::string_view point, Firing before, Firing after, double t) {
  if (before == after) return {};
  const std::string_view what = after == Firing::fires    ? "starts to fire"
                                : after == Firing::silent ? "stops firing"
                                                          : "stays at zero, firing part of the time,";
  return fmt::format("t = {:.10g}: neuron {} {} at point {}\n", t, neuron, what, point);
}

template <class OfLoss>
std::string flow_events(const Problem& problem, const Network<double>& initial, double last_t) {
  constexpr std::array<std::array<std::string_view, 2>, flow_dimension> neuron_and_point = {
      {{"1", "1"}, {"1", "2"}, {"2", "1"}, {"2", "2"}}};
  const FlowIntegration<OfLoss> integration(problem);
  std::string text;
  FlowSolution path = integration.start(initial);
  FlowPhase<OfLoss> phase = integration.phase_at(path.last);
  integration.go_on(path);
  while (!path.last.at_rest && !integration.is_before(path, last_t)) {
    integration.go_on(path);
    if (!path.last.at_event) continue;
    const FlowPhase<OfLoss> next = integration.phase_at(path.last);
    for (int k = 0; k < flow_dimension; ++k) {
      const auto& [neuron, point] = neuron_and_point[static_cast<std::size_t>(k)];
      text += flow_event(neuron, point, phase.firing(k), next.firing(k), path.last.from_t);
    }
    phase = next;
  }
  return text;
}

template <class Stepper>
std::string step_events(const Problem& problem, Stepper stepper, double last_t) {
  const typename Stepper::Setting setting(problem, last_t);
  std::string text;
  double t = 0.0;
  int told = 0;
  while (t < std::min(last_t, last_watched_step) && !nothing_more_happens(problem, stepper.network)) {
    const Network<double> z = stepper.network;
    if constexpr (Stepper::is_gd_exponential) {
      if (same_numbers(gradient_step(problem, z), z) && stepper.rests(setting, t)) {
        if (stagnates(problem, z)) text += "(from here on each step is lost to rounding: watched no further)\n";
        break;
      }
    }
    stepper.advance(setting, t, t + 1.0, NoPoll{});
    const Network<double>& next = stepper.network;
    ++t;
    const std::string now = event("1", "1", z.z11, next.z11, t) + event("1", "2", z.z12, next.z12, t) +
                            event("2", "1", z.z21, next.z21, t) + event("2", "2", z.z22, next.z22, t);
    if (now.empty()) continue;
    if (++told > most_told_steps) return text + "(and so on: told no further)\n";
    text += now;
  }
  if (t >= last_watched_step) text += "(watched no further)\n";
  return text;
}

std::string events(const Problem& problem, const Network<double>& initial, double orthogonal_square, double last_t) {
  const std::string text = with_lockstep_stepper<double>(problem, [&]<class Stepper>(std::type_identity<Stepper>) {
    if constexpr (!std::is_same_v<Stepper, PathStepper>) {
      return step_events(problem, Stepper::start(problem, initial, orthogonal_square), last_t);
    } else {
      return problem.method.loss == Loss::logistic ? flow_events<LogisticLoss>(problem, initial, last_t)
                                                   : flow_events<ExponentialLoss>(problem, initial, last_t);
    }
  });
  return text.empty() ? "nothing starts or stops firing\n" : text;
}

/// Returns t_eps as text. Up to 1e5 it is a whole number, but where there are no steps.
std::string time_text(const Problem& problem, double log10_t) {
  if (log10_t > 5.0 || log10_t < -5.0) return fmt::format("10^{:.6g}", log10_t);
  const double t = std::pow(10.0, log10_t);
  return takes_steps(problem.method) ? fmt::format("{:.0f}", t) : fmt::format("{:.6g}", t);
}

std::string ending(const Problem& problem, Outcome outcome) {
  switch (outcome) {
    case Outcome::converging:
      return problem.rate_coupling > 0.0 ? "it converges: both points are classified, and stay so"
                                         : "it converges: both points have specialised";
    case Outcome::stuck:
      return "it is stuck: at a point no neuron fires, and none ever will";
    case Outcome::dormant:
      return "it is dormant: at a point no neuron fires, but the other point may make one fire again";
    case Outcome::unresolved:
      return "it is not known: the network could not be followed so far";
    case Outcome::transient:
      return "it is still on its way";
    case Outcome::diverged:
      return "it has diverged: a number is not finite";
    case Outcome::stagnated:
      break;
  }
  return std::string("it is frozen: an update is too small for the stored number") +
         (problem.method.is_gd_exponential() ? "; leaps would go on" : "");
}

}  // namespace

std::string explanation(const Problem& problem, const SpatialStart& start, const Network<double>& last, double last_t,
                        Outcome outcome, double unresolved_t, const std::vector<Threshold>& thresholds,
                        const std::vector<double>& log10_t_eps) {
  const Network<double> initial = network_from_weights(problem, start.on_line);
  std::string text = "at the start\n" + situation(initial) +
                     events(problem, initial, squared_size(problem, start.orthogonal), last_t) +
                     fmt::format("at t = {}: {}\n", number_text(last_t), ending(problem, outcome));
  if (outcome == Outcome::unresolved) {
    return text + fmt::format("it was followed to t = {:.6g}, and has no closed form from there on\n", unresolved_t);
  }
  text += situation(last);
  if (outcome != Outcome::converging) return text;
  const double rest = limiting_gap(problem);
  const std::string_view falling = rest > 0.0 ? "(gap - limit)" : "gap";
  if (rest > 0.0) text += fmt::format("the gap goes to its limit {:.6g}\n", rest);
  const double limit = limiting_constant(problem, last);
  if (std::isfinite(limit)) {
    const bool power = facts_of(problem.method).law == ExpectedLaw::inverse_power;
    // Momentum and weights that differ still move the points' difference. Plain steps and flow leave it as it is.
    const bool moves = takes_steps(problem.method) && !problem.method.is_gd_exponential();
    text += fmt::format("{} * {} goes to C = {:.6g}{}\n", falling, power ? "t" : "ln t", limit,
                        moves ? ", if the two points' difference stays what it is there" : "");
  } else {
    text += facts_of(problem.method).law == ExpectedLaw::none
                ? "how the gap goes to zero, if it does, is not known for this optimiser\n"
                : fmt::format("the limit of {} * ln t is not known\n", falling);
  }
  for (std::size_t i = 0; i < log10_t_eps.size(); ++i) {
    const std::string threshold = thresholds[i].words();
    if (std::isnan(log10_t_eps[i])) {
      text += fmt::format("when the gap is within {} for good is not known\n", threshold);
    } else if (log10_t_eps[i] == gap_never_within) {
      text += fmt::format("the gap never stays within {}\n", threshold);
    } else if (log10_t_eps[i] == gap_never_above) {
      text += fmt::format("the gap never exceeds {}\n", threshold);
    } else {
      text +=
          fmt::format("the gap is within {} for good from t = {} on\n", threshold, time_text(problem, log10_t_eps[i]));
    }
  }
  return text;
}

}  // namespace logmargin
