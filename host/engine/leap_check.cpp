#include "host/engine/leap_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <type_traits>

#include "host/engine/cell_networks.hpp"
#include "host/engine/cpu/trajectories.hpp"
#include "logmargin/measure/outcome.hpp"

namespace logmargin {

namespace {

/// Networks are compared up to this t. Further on the rounding of lockstep itself, up to half a unit in the last place
/// a step, would blur the comparison.
constexpr double last_compared_t = 4096;

}  // namespace

void compare(LeapCheck& check, const Network<double>& leapt, const Network<double>& stepped, double t) {
  // What is left of a network that has diverged means nothing: lockstep goes on to compute with it, leaps do not.
  if (!all_finite(leapt) && !all_finite(stepped)) return;
  const std::array<std::array<double, 2>, 4> pairs = {
      {{leapt.z11, stepped.z11}, {leapt.z12, stepped.z12}, {leapt.z21, stepped.z21}, {leapt.z22, stepped.z22}}};
  double size = 0.0;
  double difference = 0.0;
  for (const auto& [ours, theirs] : pairs) {
    if (!std::isfinite(ours - theirs)) {
      difference = std::numeric_limits<double>::infinity();
      continue;
    }
    size = std::max(size, std::abs(theirs));
    difference = std::max(difference, std::abs(ours - theirs));
  }
  const double uncertain = t * size * 0x1p-53;
  if (uncertain <= LeapCheck::most_difference)
    check.largest_difference = std::max(check.largest_difference, difference);
  if (difference > std::max(LeapCheck::most_difference, uncertain)) {
    throw std::runtime_error(
        fmt::format("leaps differ from lockstep by {:.3g} at t = {}, more than {:g}: this run is "
                    "not to be trusted; --stepping lockstep avoids leaps",
                    difference, t, LeapCheck::most_difference));
  }
}

Network<double> nudged(const Network<double>& network) {
  constexpr double up = 1.0 + 0x1p-52;
  constexpr double down = 1.0 - 0x1p-52;
  return {up * network.z11, down * network.z12, down * network.z21, up * network.z22};
}

double relative_change(const Network<double>& network, const Network<double>& other) {
  const std::array<std::array<double, 2>, 4> pairs = {
      {{network.z11, other.z11}, {network.z12, other.z12}, {network.z21, other.z21}, {network.z22, other.z22}}};
  double change = 0.0;
  for (const auto& [value, twin] : pairs) {
    if (!std::isfinite(value) || !std::isfinite(twin)) return 0.0;
    change = std::max(change, std::abs(value - twin) / std::max(1.0, std::abs(value)));
  }
  return change;
}

bool may_amplify(const Problem& problem, Precision precision) {
  if (precision == Precision::mixed) return false;
  return with_stepper<double>(problem, leap_stepping, []<class Stepper>(std::type_identity<Stepper>) {
    return std::is_same_v<Stepper, OptimizerStepper> || std::is_same_v<Stepper, CoupledLeapStepper>;
  });
}

namespace {

/// Takes neighbouring networks to where they are compared, uncounted.
Trajectories taken_to(double t, const CellRun& cell, const Stepping& stepping, const InitialNetworks& initial,
                      const RunControl& control) {
  Trajectories trajectories(cell.problem, stepping, initial.networks, initial.orthogonal);
  BatchScratch scratch(initial.networks.size());
  RunControl uncounted;
  uncounted.stop_signal = control.stop_signal.load();
  trajectories.advance(available_simd_dispatch_tables().back(), t, scratch, uncounted);
  return trajectories;
}

void check_sensitivity(const CellRun& cell, double t, InitialNetworks initial, RunControl& control,
                       Sensitivity& sensitivity) {
  const std::size_t count = initial.networks.size();
  // Each network's twin stands behind all networks.
  for (std::size_t i = 0; i < count; ++i) initial.networks.push_back(nudged(initial.networks[i]));
  const std::vector<OrthogonalComponent<double>> orthogonal = initial.orthogonal;
  initial.orthogonal.insert(initial.orthogonal.end(), orthogonal.begin(), orthogonal.end());
  Trajectories trajectories = taken_to(t, cell, lockstep_stepping, initial, control);
  for (std::size_t i = 0; i < count; ++i) {
    const double change = relative_change(trajectories.network(i), trajectories.network(count + i));
    sensitivity.largest_change = std::max(sensitivity.largest_change, change);
    sensitivity.chaotic += change > Sensitivity::most_growth ? 1 : 0;
  }
  sensitivity.networks += count;
  sensitivity.at_t = std::max(sensitivity.at_t, t);
}

void check_leaps(const CellRun& cell, double t, const InitialNetworks& initial, RunControl& control, LeapCheck& check) {
  Trajectories leapt = taken_to(t, cell, cell.stepping, initial, control);
  Trajectories stepped = taken_to(t, cell, lockstep_stepping, initial, control);
  for (std::size_t i = 0; i < leapt.count(); ++i) compare(check, leapt.network(i), stepped.network(i), t);
  check.networks += leapt.count();
  check.at_t = std::max(check.at_t, t);
}

}  // namespace

void check_stepping_of(const CellRun& cell, double horizon, std::size_t networks, RunControl& control,
                       LeapCheck& check) {
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(networks, cell.trials));
  InitialNetworks initial = room_for_networks(cell.problem, count);
  for (std::size_t i = 0; i < count; ++i) {
    initial.put(i, cell.problem, trial_start(cell, cell.first_trial + cell.trials / count * i));
  }
  const double t = std::min(horizon, last_compared_t);
  with_stepper_of(cell, [&]<class Stepper>(std::type_identity<Stepper>) {
    if constexpr (std::is_same_v<Stepper, LeapStepper> || std::is_same_v<Stepper, CoupledLeapStepper>) {
      check_leaps(cell, t, initial, control, check);
    } else if constexpr (std::is_same_v<typename Stepper::Number, double> && !std::is_same_v<Stepper, PathStepper>) {
      check_sensitivity(cell, t, initial, control, check.sensitivity);
    }
  });
}

}  // namespace logmargin
