#include "host/engine/reach.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/engine/carry.hpp"
#include "host/engine/trial_start.hpp"
#include "host/error.hpp"
#include "host/plan/number.hpp"

namespace logmargin {

namespace {

/// Some of many; a rare network that they miss is met on the way, see most_steps_one_by_one.
constexpr std::uint64_t networks_looked_at = 64;
constexpr double steps_looked_at = 1e5;
/// Of one thread, for coupled networks: the order of magnitude, which an estimate of hours needs.
constexpr double network_steps_per_hour = 3600.0 * 2e8;
constexpr double most_hours = 24.0;

[[noreturn]] void refuse_out_of_reach(const CellRun& cell, double horizon, double hours) {
  const bool plain = cell.problem.method.plain();
  reject("--steps", number_text(horizon),
         fmt::format("networks {} have no closed form and would take about {:.2g} hours step by step; fewer --steps "
                     "are allowed, --stepping lockstep whatever it takes, and {}, whose networks {}leap",
                     plain ? "of this data" : "of this optimiser or loss", hours,
                     plain ? "--data P,N with P*N = -1" : "--optimizer flow or, on the exponential loss, gd",
                     plain ? "always " : ""));
}

double lockstep_hours(double network_steps, unsigned threads) {
  return network_steps / (network_steps_per_hour * threads);
}

}  // namespace

Reach reach_of(const CellRun& cell, double horizon, unsigned threads, const RunControl& control) {
  if (!takes_steps(cell.problem.method)) return {true, 0.0};
  const std::uint64_t looked_at = std::min(cell.trials, networks_looked_at);
  if (!cell.problem.method.plain()) return {false, lockstep_hours(static_cast<double>(cell.trials) * horizon, threads)};
  if (cell.problem.decoupled() || horizon <= steps_looked_at) return {true, 0.0};
  double steps_left = 0.0;
  for (std::uint64_t i = 0; i < looked_at; ++i) {
    const std::uint64_t trial = cell.first_trial + cell.trials / looked_at * i;
    const Network<double> initial = network_from_weights(cell.problem, trial_start(cell, trial).on_line);
    steps_left += carry(cell.problem, initial, 0.0, horizon, steps_looked_at, control).steps_left;
  }
  const double of_all = steps_left / static_cast<double>(looked_at) * static_cast<double>(cell.trials);
  return {steps_left == 0.0, lockstep_hours(of_all, threads)};
}

CellRun within_reach(CellRun cell, double horizon, unsigned threads, const RunControl& control) {
  if (!cell.stepping.leaps() || cell.trials == 0) return cell;
  const Reach reach = reach_of(cell, horizon, threads, control);
  if (reach.lockstep_hours > most_hours) refuse_out_of_reach(cell, horizon, reach.lockstep_hours);
  if (!reach.by_leaps) cell.stepping = cell.problem.method.plain() ? Stepping{horizon} : lockstep_stepping;
  return cell;
}

void refuse_network_out_of_reach(double to_t, double t) {
  throw UsageError(
      fmt::format("--steps: t = {:.6g} is out of reach, for one of the networks has no closed form from t = "
                  "{:.6g} on; --steps up to {:g} is allowed, --stepping lockstep whatever it takes, and "
                  "--data P,N with P*N = -1, whose networks always leap",
                  to_t, t, most_steps_one_by_one));
}

void refuse_stiff_path(double to_t) {
  throw UsageError(
      fmt::format("--data: the gradient flow of one of the networks is too stiff to be followed to t = {:.6g}; points "
                  "farther apart or of more similar norms are allowed, fewer --steps, and --optimizer gd",
                  to_t));
}

}  // namespace logmargin
