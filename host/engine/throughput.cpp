#include "host/engine/throughput.hpp"

#include <algorithm>
#include <barrier>
#include <chrono>
#include <thread>

#include "host/engine/columns.hpp"
#include "host/engine/operation_count.hpp"
#include "logmargin/gradient_step.hpp"

namespace logmargin {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t networks = 512;
constexpr std::int64_t steps_per_round = 40'000;
constexpr std::int64_t fma_rounds = 30'000'000;
constexpr int rounds = 5;

/// Work that all threads start together, in units a second, over all of them.
template <class Work>
double rate_of(unsigned threads, double units_per_thread, const Work& work) {
  std::barrier start(static_cast<std::ptrdiff_t>(threads) + 1);
  Clock::time_point begin;
  {
    std::vector<std::jthread> crowd;
    for (unsigned i = 0; i < threads; ++i) {
      crowd.emplace_back([&] {
        start.arrive_and_wait();
        work();
      });
    }
    begin = Clock::now();
    start.arrive_and_wait();
  }
  return units_per_thread * threads / std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Both points alive: half of them specialised, half shared at first.
void fill_alive(ColumnsView state) {
  for (std::size_t i = 0; i < networks; ++i) {
    const double spread = static_cast<double>(i) / static_cast<double>(networks);
    const double inactive = i % 2 == 0 ? -0.1 - spread : 0.1 + spread;
    state.column(0)[i] = 0.5 + spread;
    state.column(1)[i] = inactive;
    state.column(2)[i] = inactive;
    state.column(3)[i] = 1.5 - spread;
  }
}

void advance_alive(const LaneKernels& kernels, bool coupled) {
  const Problem problem = coupled ? make_problem(1.5, -1.5, 0.1) : make_problem(1.0, -1.0, 0.1);
  AlignedColumns columns(network_columns, networks);
  const ColumnsView state = columns.view();
  fill_alive(state);
  if (coupled) {
    kernels.advance_networks(problem, state, networks, steps_per_round);
  } else {
    kernels.advance_points(problem.rate_positive, state.column(0), state.column(2), networks, steps_per_round);
    kernels.advance_points(problem.rate_negative, state.column(3), state.column(1), networks, steps_per_round);
  }
}

}  // namespace

OperationCount count_gradient_step(bool coupled) {
  OperationCount count;
  const auto counted = [&](double value) { return CountingLane(value, &count); };
  const Network<CountingLane> network = {counted(1.0), counted(0.5), counted(0.5), counted(1.0)};
  if (coupled) {
    gradient_step<true>(Rates<CountingLane>(make_problem(1.5, -1.5, 0.1)), network);
  } else {
    gradient_step<false>(Rates<CountingLane>(make_problem(1.0, -1.0, 0.1)), network);
  }
  return count;
}

OperationCount count_settled_step() {
  OperationCount count;
  settled_step(CountingLane(0.1), CountingLane(1.0, &count));
  return count;
}

Throughput measure_throughput(const LaneKernels& kernels, unsigned threads, bool coupled) {
  Throughput best{0.0, 0.0, 0.0};
  const double network_steps = static_cast<double>(networks) * static_cast<double>(steps_per_round);
  for (int round = 0; round < rounds; ++round) {
    best.network_steps_per_s =
        std::max(best.network_steps_per_s, rate_of(threads, network_steps, [&] { advance_alive(kernels, coupled); }));
    const double fmas = static_cast<double>(fma_rounds) * fma_chains * kernels.lanes;
    best.fma_lanes_per_s =
        std::max(best.fma_lanes_per_s, rate_of(threads, fmas, [&] { kernels.multiply_add(fma_rounds); }));
  }
  best.bound_per_s = best.fma_lanes_per_s / count_gradient_step(coupled).on_fma_units();
  return best;
}

}  // namespace logmargin
