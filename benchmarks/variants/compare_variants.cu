// Network-steps a second of each variant, for several numbers of networks. A variant whose states are not the CPU's, to
// the bit, gets no number. usage: compare_variants [STEPS]

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "benchmarks/variants/variant.cuh"
#include "kernels/runtime/device_array.cuh"
#include "kernels/runtime/gpu_error.hpp"

namespace {

using namespace logmargin;
using namespace logmargin::variants;

constexpr std::size_t checked_networks = 200;
constexpr std::int64_t checked_steps = 300;
constexpr int rounds = 3;

/// Points where either neuron, both or none fire at first, and both points alive in half of the networks.
Network<double> network_at(std::size_t i) {
  const double spread = static_cast<double>(i % 1024) / 1024.0;
  return {0.5 + spread, i % 2 == 0 ? -0.1 - spread : 0.1 + spread, i % 3 == 0 ? spread : -spread,
          i % 4 == 0 ? -1.0 : 1.5 - spread};
}

std::vector<double> columns_of(std::size_t networks) {
  std::vector<double> columns(carried_columns * networks);
  for (std::size_t i = 0; i < networks; ++i) DeviceColumns<double>{columns.data(), networks}.store(network_at(i), 0, i);
  return columns;
}

bool gives_cpu_states(const Variant& variant, const Problem& problem) {
  std::vector<double> columns = columns_of(checked_networks);
  DeviceArray<double> state(columns.size(), "networks");
  state.upload(columns.data(), columns.size(), nullptr);
  variant.advance({state.data(), checked_networks}, checked_networks, problem, checked_steps);
  columns = state.download(columns.size(), nullptr);
  for (std::size_t i = 0; i < checked_networks; ++i) {
    const Rates<double> rates(problem);
    CarriedNetwork<double> expected_last = {network_at(i), {}};
    Network<double>& network = expected_last.network;
    if (variant.by_rises) {
      descend<false>(rates, expected_last, 0, checked_steps);
    } else {
      for (std::int64_t s = 0; s < checked_steps; ++s) network = gradient_step<false>(rates, network);
    }
    bool same = true;
    int c = 0;
    for_each_column(network, [&](double expected) {
      const double actual = columns[static_cast<std::size_t>(c++) * checked_networks + i];
      same = same && std::bit_cast<std::uint64_t>(expected) == std::bit_cast<std::uint64_t>(actual);
    });
    if (!same) return false;
  }
  return true;
}

double best_rate(const Variant& variant, const Problem& problem, std::size_t networks, std::int64_t steps) {
  const std::vector<double> columns = columns_of(networks);
  DeviceArray<double> state(columns.size(), "networks");
  double best = 0.0;
  for (int round = 0; round < rounds; ++round) {
    state.upload(columns.data(), columns.size(), nullptr);
    check(cudaDeviceSynchronize(), "cudaDeviceSynchronize");
    const auto begin = std::chrono::steady_clock::now();
    variant.advance({state.data(), networks}, networks, problem, steps);
    check(cudaDeviceSynchronize(), "cudaDeviceSynchronize");
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    best = std::max(best, static_cast<double>(networks) * static_cast<double>(steps) / seconds);
  }
  return best;
}

void compare(std::int64_t steps) {
  const Problem problem = make_problem(1.0, -1.0, 0.1);
  std::printf("%-24s %12s %16s %12s\n", "variant", "networks", "network-steps/s", "ns a step");
  for (const auto& family : {launch_per_step(), registers(), thread_per_point(), points_in_flight(), by_rises()}) {
    for (const Variant& variant : family) {
      if (!gives_cpu_states(variant, problem)) {
        std::printf("%-24s differs from the CPU: not timed\n", variant.name);
        continue;
      }
      for (const std::size_t networks : {10'000UL, 1'000'000UL, 10'000'000UL}) {
        const double rate = best_rate(variant, problem, networks, steps);
        std::printf("%-24s %12zu %16.3g %12.4g\n", variant.name, networks, rate,
                    1e9 * static_cast<double>(networks) / rate);
      }
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    compare(argc > 1 ? std::max(1, std::atoi(argv[1])) : 2000);
    return 0;
  } catch (const logmargin::GpuError& error) {
    std::fprintf(stderr, "compare_variants: %s\n", error.what());
    return 4;
  }
}
