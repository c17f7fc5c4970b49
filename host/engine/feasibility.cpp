#include "host/engine/feasibility.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "host/engine/cell_networks.hpp"
#include "host/engine/cpu/lanes/simd_dispatch.hpp"
#include "host/error.hpp"
#include "host/plan/number.hpp"
#include "logmargin/stepping/advance_coupled.hpp"

namespace logmargin {

namespace {

/// So many networks are looked at, which are some of many. Others that do not leap become known on the way, see
/// Outcome::unresolved.
constexpr std::uint64_t networks_looked_at = 64;
constexpr double steps_looked_at = 1e5;
/// One thread takes so many steps of coupled networks an hour. It is the order of magnitude, which an estimate of hours
/// needs.
constexpr double network_steps_per_hour = 3600.0 * 2e8;
constexpr double most_hours = 24.0;
/// With a larger share of unresolved networks a run would tell of a minority.
constexpr double most_unresolved_share = 0.5;

[[noreturn]] void refuse_infeasible(const CellRun& cell, double horizon, const Feasibility& feasibility) {
  std::string_view networks = "the networks of this optimiser or loss";
  std::string_view others = "--optimizer flow or, on the exponential loss, gd, whose networks leap";
  if (cell.precision == Precision::mixed) {
    networks = "the networks of mixed precision";
    others = "--precision double, whose networks leap";
  } else if (feasibility.has_leaps) {
    networks = "most networks of this data";
    others = "--data P,N with P*N = -1, whose networks always leap";
  }
  reject(
      "--steps", number_text(horizon),
      fmt::format("{} have no closed form and would take about {:.2g} hours step by step; fewer --steps are allowed, "
                  "--stepping lockstep whatever it takes, and {}",
                  networks, feasibility.lockstep_hours, others));
}

double lockstep_hours(double network_steps, unsigned threads) {
  return network_steps / (network_steps_per_hour * threads);
}

/// Looks at some networks of coupled points.
Feasibility look_at_networks(const CellRun& cell, double horizon, unsigned threads, const RunControl& control) {
  const std::uint64_t looked_at = std::min(cell.trials, networks_looked_at);
  const auto poll = [&] { control.throw_if_stop_requested(); };
  double steps_left = 0.0;
  std::uint64_t unresolved = 0;
  for (std::uint64_t i = 0; i < looked_at; ++i) {
    const std::uint64_t trial = cell.first_trial + cell.trials / looked_at * i;
    const Network<double> initial = network_from_weights(cell.problem, trial_start(cell, trial).on_line);
    const double left = advance_coupled(cell.problem, initial, 0.0, horizon, steps_looked_at, poll).steps_left;
    steps_left += left;
    unresolved += left > 0.0 ? 1 : 0;
  }
  const double of_all = steps_left / static_cast<double>(looked_at) * static_cast<double>(cell.trials);
  return {true, unresolved == 0, lockstep_hours(of_all, threads),
          static_cast<double>(unresolved) / static_cast<double>(looked_at)};
}

/// Returns the stepping that a cell is run with, which a method without steps does not look at. It is lockstep to the
/// end for what does not leap, where the horizon can be waited for.
Stepping stepping_if_feasible(const CellRun& cell, double horizon, const Feasibility& feasibility) {
  if (!cell.stepping.leaps() || feasibility.by_leaps) return cell.stepping;
  if (!feasibility.has_leaps) return lockstep_stepping;
  return feasibility.lockstep_hours <= most_hours ? Stepping{horizon} : cell.stepping;
}

}  // namespace

Feasibility feasibility_of(const CellRun& cell, double horizon, unsigned threads, const RunControl& control) {
  CellRun leaping = cell;
  leaping.stepping = leap_stepping;
  return with_stepper_of(leaping, [&]<class Stepper>(std::type_identity<Stepper>) -> Feasibility {
    if constexpr (std::is_same_v<Stepper, PathStepper>) return {false, true, 0.0, 0.0};
    if constexpr (std::is_same_v<Stepper, LeapStepper>) return {true, true, 0.0, 0.0};
    if constexpr (std::is_same_v<Stepper, CoupledLeapStepper>) {
      if (horizon <= steps_looked_at) return {true, true, 0.0, 0.0};
      return look_at_networks(cell, horizon, threads, control);
    }
    return {false, false, lockstep_hours(static_cast<double>(cell.trials) * horizon, threads), 1.0};
  });
}

CellRun choose_stepping(CellRun cell, double horizon, unsigned threads, const RunControl& control) {
  if (!cell.stepping.leaps() || cell.trials == 0) return cell;
  const Feasibility feasibility = feasibility_of(cell, horizon, threads, control);
  const bool leaps = feasibility.has_leaps && feasibility.unresolved_share <= most_unresolved_share;
  if (feasibility.lockstep_hours > most_hours && !leaps) refuse_infeasible(cell, horizon, feasibility);
  cell.stepping = stepping_if_feasible(cell, horizon, feasibility);
  return cell;
}

Stepping stepping_in_sweep(CellRun cell, double horizon, double last_shown, unsigned threads) {
  const Feasibility feasibility = feasibility_of(cell, horizon, threads, RunControl{});
  if (feasibility.has_leaps) return stepping_if_feasible(cell, horizon, feasibility);
  cell.trials = lane_block;
  return choose_stepping(cell, last_shown, 1, RunControl{}).stepping;
}

}  // namespace logmargin
