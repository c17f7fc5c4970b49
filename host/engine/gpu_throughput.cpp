#include "host/engine/gpu_throughput.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <chrono>

#include "host/engine/operation_count.hpp"
#include "host/error.hpp"
#include "kernels/device_batch.hpp"
#include "kernels/gpu_error.hpp"
#include "logmargin/gradient_step.hpp"

namespace logmargin {

namespace {

constexpr int rounds = 5;
constexpr std::size_t checked_networks = 64;

Network<double> settled_network(std::size_t i) {
  const double spread = static_cast<double>(i % 4096) / 4096.0;
  return {0.5 + spread, -0.1 - spread, -0.1 - spread, 1.5 - spread};
}

/// kept_columns columns of the networks, as DeviceBatch::restore takes them.
std::vector<double> settled_columns(std::size_t networks) {
  const std::size_t kept = DeviceBatch::columns_per_network;
  std::vector<double> columns(kept * networks);
  for (std::size_t i = 0; i < networks; ++i) {
    Network<double> network = settled_network(i);
    double* to = columns.data() + i;
    for_each_column(network, [&](double value) {
      *to = value;
      to += networks;
    });
  }
  return columns;
}

bool same_as_cpu(const DeviceBatch& batch, const Problem& problem, std::size_t networks, std::int64_t steps) {
  const std::vector<double> columns = batch.save();
  for (std::size_t k = 0; k < checked_networks; ++k) {
    const std::size_t i = k * (networks - 1) / (checked_networks - 1);
    Network<double> network = settled_network(i);
    for (std::int64_t step = 0; step < steps; ++step) network = gradient_step(problem, network);
    const double* from = columns.data() + i;
    bool same = true;
    for_each_column(network, [&](double value) {
      same = same && std::bit_cast<std::uint64_t>(value) == std::bit_cast<std::uint64_t>(*from);
      from += networks;
    });
    if (!same) return false;
  }
  return true;
}

}  // namespace

GpuThroughput measure_throughput_of(const GpuDevice& device, std::size_t networks, std::int64_t steps, bool coupled) {
  using Clock = std::chrono::steady_clock;
  const Problem problem = coupled ? make_problem(1.5, -1.5, 0.1) : make_problem(1.0, -1.0, 0.1);
  const int count = coupled ? count_gradient_step(true).all() : 2 * count_settled_step().all();
  GpuThroughput best = {fmt::format("cuda:{} ({})", device.index, device.name),
                        networks,
                        steps,
                        coupled,
                        count,
                        0.0,
                        device.fp64_per_second() / count};
  try {
    DeviceBatch batch(device.index, networks);
    batch.restore(problem, settled_columns(networks), networks);
    batch.advance(steps);
    if (!same_as_cpu(batch, problem, networks, steps)) {
      throw DeviceError(fmt::format("{} does not give the CPU's states: no speed is told", best.device));
    }
    for (int round = 0; round < rounds; ++round) {
      const Clock::time_point begin = Clock::now();
      batch.advance(steps);
      const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
      const double rate = static_cast<double>(networks) * static_cast<double>(steps) / seconds;
      best.network_steps_per_s = std::max(best.network_steps_per_s, rate);
    }
  } catch (const GpuError& error) {
    throw DeviceError(fmt::format("{} failed: {}", best.device, error.what()));
  }
  return best;
}

}  // namespace logmargin
