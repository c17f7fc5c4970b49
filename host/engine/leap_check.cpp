#include "host/engine/leap_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "host/engine/trajectories.hpp"

namespace logmargin {

namespace {

/// Further on the rounding of lockstep itself, up to half a unit in the last place a step, would blur the comparison.
constexpr double last_compared_t = 4096;

}  // namespace

void check_leaps(const CellRun& cell, double horizon, std::size_t networks, RunControl& control, LeapCheck& check) {
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(networks, cell.trials));
  std::vector<Network<double>> initial;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t trial = cell.first_trial + cell.trials / count * i;
    initial.push_back(network_from_weights(cell.problem, initial_weights(cell.laws, cell.seed, trial)));
  }
  Trajectories leaping(cell.problem, cell.stepping, initial);
  Trajectories stepping(cell.problem, lockstep_stepping, initial);
  BatchScratch scratch(count);
  RunControl uncounted;
  uncounted.stop_signal = control.stop_signal.load();
  const LaneKernels kernels = available_lane_kernels().back();
  const double t = std::min(horizon, last_compared_t);
  leaping.advance(kernels, t, scratch, uncounted);
  stepping.advance(kernels, t, scratch, uncounted);
  for (std::size_t i = 0; i < count; ++i) {
    Network<double> ours = leaping.network(i);
    Network<double> theirs = stepping.network(i);
    const double pairs[][2] = {
        {ours.z11, theirs.z11}, {ours.z12, theirs.z12}, {ours.z21, theirs.z21}, {ours.z22, theirs.z22}};
    double size = 1.0;
    for (const auto& [our, their] : pairs) size = std::max(size, std::abs(their));
    for (const auto& [our, their] : pairs) {
      const double difference = std::abs(our - their) / size;
      if (std::isfinite(difference)) check.largest_difference = std::max(check.largest_difference, difference);
    }
  }
  check.networks += count;
  check.at_t = std::max(check.at_t, t);
  if (check.largest_difference > LeapCheck::most_difference) {
    throw std::runtime_error(
        fmt::format("leaps differ from lockstep by {:.3g} at t = {}, more than {:g}: this run is "
                    "not to be trusted; --stepping lockstep avoids leaps",
                    check.largest_difference, t, LeapCheck::most_difference));
  }
}

}  // namespace logmargin
