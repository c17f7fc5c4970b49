#include "host/engine/cuda/gpu_throughput.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "host/engine/speed/operation_count.hpp"
#include "host/error.hpp"
#include "kernels/batch/device_batch.hpp"
#include "kernels/runtime/gpu_error.hpp"
#include "logmargin/stepping/descent.hpp"

namespace logmargin {

namespace {

constexpr int gpu_rounds = 5;
constexpr std::size_t checked_networks = 64;

template <class Number>
Network<Number> network_of_right_neurons(std::size_t i) {
  const double spread = static_cast<double>(i % 4096) / 4096.0;
  return narrow<Number>({0.5 + spread, -0.1 - spread, -0.1 - spread, 1.5 - spread});
}

template <class Number>
std::vector<Number> states_of_right_neurons(std::size_t networks) {
  std::vector<Number> states(network_columns * networks);
  const DeviceColumns<Number> columns = {states.data(), networks};
  for (std::size_t i = 0; i < networks; ++i) columns.store(network_of_right_neurons<Number>(i), 0, i);
  return states;
}

template <class Number>
bool same_as_cpu(const DeviceBatch<Number>& batch, const Problem& problem, std::size_t networks, std::int64_t steps) {
  std::vector<Number> states = batch.save_states();
  const DeviceColumns<Number> columns = {states.data(), networks};
  for (std::size_t k = 0; k < checked_networks; ++k) {
    const std::size_t i = k * (networks - 1) / (checked_networks - 1);
    CarriedNetwork<Number> expected = {network_of_right_neurons<Number>(i), {}};
    with_coupling(problem,
                  [&](auto coupled) { descend<decltype(coupled)::value>(Rates<Number>(problem), expected, 0, steps); });
    // The states are finite, and none is 0: equal numbers have equal bits.
    if (!same_numbers(columns.template load<Network<Number>>(0, i), expected.network)) return false;
  }
  return true;
}

/// Counts the FP64 instructions of a step in the timed launches, comparisons among them; in mixed precision the FP32
/// instructions, which comparisons are not. The first launch, which is checked, is not timed.
double operations_of(Precision precision, bool coupled, std::int64_t steps) {
  double sum = 0.0;
  for (int round = 1; round <= gpu_rounds; ++round) {
    const OperationCount step = count_step(precision, coupled, round * steps / round_steps * round_steps);
    sum += precision == Precision::mixed ? step.arithmetic() : step.all();
  }
  return sum / gpu_rounds;
}

/// Returns the best of several launches, in network-steps a second, after the states of the first have been checked.
template <class Number>
double best_rate(const GpuDevice& device, const Problem& problem, std::size_t networks, std::int64_t steps) {
  DeviceBatch<Number> batch(device.index, networks);
  batch.restore_states(problem, states_of_right_neurons<Number>(networks));
  batch.advance(steps);
  if (!same_as_cpu(batch, problem, networks, steps)) {
    throw DeviceError(
        fmt::format("cuda:{} ({}) does not give the CPU's states: no speed is told", device.index, device.name));
  }
  double best = 0.0;
  for (int round = 0; round < gpu_rounds; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    batch.advance(steps);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    best = std::max(best, static_cast<double>(networks) * static_cast<double>(steps) / seconds);
  }
  return best;
}

}  // namespace

GpuThroughput measure_throughput_of(const GpuDevice& device, std::size_t networks, std::int64_t steps,
                                    Precision precision, bool coupled) {
  const Problem problem = coupled ? make_problem(1.5, -1.5, 0.1) : make_problem(1.0, -1.0, 0.1);
  const bool mixed = precision == Precision::mixed;
  const double operations = operations_of(precision, coupled, steps);
  const double per_second = mixed ? device.fp32_per_second() : device.fp64_per_second();
  try {
    return {fmt::format("cuda:{} ({})", device.index, device.name),
            networks,
            steps,
            coupled,
            precision,
            operations,
            mixed ? best_rate<Pair<float>>(device, problem, networks, steps)
                  : best_rate<double>(device, problem, networks, steps),
            per_second / operations};
  } catch (const GpuError& error) {
    throw DeviceError(fmt::format("cuda:{} ({}) failed: {}", device.index, device.name, error.what()));
  }
}

}  // namespace logmargin
