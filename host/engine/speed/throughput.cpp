#include "host/engine/speed/throughput.hpp"

#include <algorithm>
#include <barrier>
#include <chrono>
#include <thread>
#include <type_traits>

#include "host/engine/cpu/columns.hpp"
#include "host/engine/speed/operation_count.hpp"
#include "host/engine/speed/timed_rounds.hpp"
#include "logmargin/stepping/method_state.hpp"
#include "logmargin/stepping/steady_point.hpp"

namespace logmargin {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t measured_networks = 512;
constexpr std::int64_t steps_per_round = 40'000;
constexpr std::int64_t fma_rounds = 30'000'000;
constexpr int cpu_rounds = 5;
/// Methods get fewer rounds, since there are many of them.
constexpr int method_rounds = 2;
/// One measurement starts no round after so many seconds; only a busy machine comes to it.
constexpr double most_seconds = 1.5;

/// Returns the rate of work that all threads start together, in units a second, over all of them.
template <class Work>
double rate_of(unsigned threads, double units_per_thread, const Work& work) {
  std::barrier start(static_cast<std::ptrdiff_t>(threads) + 1);
  Clock::time_point begin;
  {
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < threads; ++i) {
      workers.emplace_back([&] {
        start.arrive_and_wait();
        work();
      });
    }
    begin = Clock::now();
    start.arrive_and_wait();
  }
  return units_per_thread * threads / std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Fills the columns with networks whose points are both alive. All are settled, or half of them are specialised and
/// half shared at first.
template <class Number>
void fill_alive(ColumnsOf<Number> state, bool settled) {
  for (std::size_t i = 0; i < measured_networks; ++i) {
    const double spread = static_cast<double>(i) / static_cast<double>(measured_networks);
    const Number inactive(settled || i % 2 == 0 ? -0.1 - spread : 0.1 + spread);
    state.column(0)[i] = Number(0.5 + spread);
    state.column(1)[i] = inactive;
    state.column(2)[i] = inactive;
    state.column(3)[i] = Number(1.5 - spread);
  }
}

template <class Number>
void step_points(const SimdDispatchTable& kernels, double rate, Number* correct, Number* wrong, bool settled) {
  constexpr std::int64_t steps = steps_per_round;
  if constexpr (std::is_same_v<Number, double>) {
    if (settled) return kernels.settled.points(rate, correct, measured_networks, steps);
    kernels.advance_points(rate, correct, wrong, measured_networks, steps);
  } else {
    if (settled) return kernels.settled.pair_points(rate, correct, measured_networks, steps);
    kernels.advance_pair_points(rate, correct, wrong, measured_networks, steps);
  }
}

template <class Number>
void step_networks(const SimdDispatchTable& kernels, const Problem& problem, ColumnsOf<Number> state, bool settled) {
  if constexpr (std::is_same_v<Number, double>) {
    (settled ? kernels.settled.networks : kernels.advance_networks)(problem, state, measured_networks, steps_per_round);
  } else {
    (settled ? kernels.settled.pair_networks : kernels.advance_pair_networks)(problem, state, measured_networks,
                                                                              steps_per_round);
  }
}

template <class Number>
void advance_alive(const SimdDispatchTable& kernels, const LockstepWork& work) {
  const Problem problem = work.coupled ? make_problem(1.5, -1.5, 0.1) : make_problem(1.0, -1.0, 0.1);
  AlignedColumnsOf<Number> columns(network_columns, measured_networks);
  const ColumnsOf<Number> state = columns.view();
  fill_alive(state, work.settled);
  if (work.coupled) {
    step_networks(kernels, problem, state, work.settled);
  } else {
    step_points(kernels, problem.rate_positive, state.column(0), state.column(2), work.settled);
    step_points(kernels, problem.rate_negative, state.column(3), state.column(1), work.settled);
  }
}

/// Steps networks under a method, with memories that are zero, as most optimisers' are at first.
void advance_alive_under(const SimdDispatchTable& kernels, const Method& method) {
  AlignedColumns columns(network_columns + most_memory_columns, measured_networks);
  const ColumnsView state = columns.view();
  fill_alive(state, false);
  kernels.advance_method(make_problem(1.0, -1.0, 0.1, method), state, {state.column(network_columns), state.stride},
                         measured_networks, 0.0, steps_per_round);
}

CountingLane counted(double value, OperationCount& count, CountingLane) { return {value, &count}; }
CountingPair counted(double value, OperationCount& count, CountingPair) {
  return {{static_cast<float>(value), &count}, {0.0F, &count}};
}

template <class Number>
OperationCount count_step_of(bool coupled) {
  OperationCount count;
  Network<Number> network;
  for_each_column(network, [&](Number& z) { z = counted(0.5, count, z); });
  if (coupled) {
    gradient_step<true>(Rates<Number>(make_problem(1.5, -1.5, 0.1)), network);
  } else {
    gradient_step<false>(Rates<Number>(make_problem(1.0, -1.0, 0.1)), network);
  }
  return count;
}

template <class Number>
OperationCount count_settled_step_of(bool coupled) {
  OperationCount count;
  Network<Number> network;
  for_each_column(network, [&](Number& z) { z = counted(0.5, count, z); });
  // An exponential by integer arithmetic has no counter; the rates that it is multiplied by have one.
  Rates<Number> rates(make_problem(1.5, -1.5, 0.1));
  for (Number* rate : {&rates.positive, &rates.negative, &rates.coupling}) *rate = counted(0.1, count, *rate);
  if (coupled) {
    settled_step(rates, network);
  } else {
    settled_step(rates.positive, network.z11);
    settled_step(rates.negative, network.z22);
  }
  return count;
}

template <class Number>
OperationCount count_steady_step_of() {
  OperationCount count;
  for (int point = 0; point < 2; ++point) {
    const auto number = [&](double value) { return counted(value, count, Number{}); };
    steady_step(SteadyPoint<Number>{number(0.5), number(0.25), number(0.1), number(-0.1)});
  }
  return count;
}

}  // namespace

OperationCount count_gradient_step(Precision precision, bool coupled) {
  return precision == Precision::mixed ? count_step_of<CountingPair>(coupled) : count_step_of<CountingLane>(coupled);
}

OperationCount count_settled_step(Precision precision, bool coupled) {
  return precision == Precision::mixed ? count_settled_step_of<CountingPair>(coupled)
                                       : count_settled_step_of<CountingLane>(coupled);
}

OperationCount count_steady_step(Precision precision) {
  return precision == Precision::mixed ? count_steady_step_of<CountingPair>() : count_steady_step_of<CountingLane>();
}

OperationCount operations_of(const LockstepWork& work) {
  if (work.settled) return count_settled_step(work.precision, work.coupled);
  const bool steady = !work.coupled && work.precision == Precision::in_double;
  return steady ? count_steady_step(work.precision) : count_gradient_step(work.precision, work.coupled);
}

Throughput measure_throughput(const SimdDispatchTable& kernels, unsigned threads, const LockstepWork& work) {
  const bool mixed = work.precision == Precision::mixed;
  const auto advance = mixed ? advance_alive<Pair<float>> : advance_alive<double>;
  // A vector holds twice as many floats.
  const int fma_lanes = mixed && kernels.lanes > 1 ? 2 * kernels.lanes : kernels.lanes;
  Throughput best{0.0, 0.0, 0.0};
  const double network_steps = static_cast<double>(measured_networks) * static_cast<double>(steps_per_round);
  timed_rounds(cpu_rounds, most_seconds, [&] {
    best.network_steps_per_s =
        std::max(best.network_steps_per_s, rate_of(threads, network_steps, [&] { advance(kernels, work); }));
    const double fmas = static_cast<double>(fma_rounds) * fma_chains * fma_lanes;
    best.fma_lanes_per_s =
        std::max(best.fma_lanes_per_s, rate_of(threads, fmas, [&] { kernels.multiply_add(fma_rounds); }));
  });
  best.bound_per_s = best.fma_lanes_per_s / operations_of(work).on_fma_units();
  return best;
}

MethodThroughput measure_method(const SimdDispatchTable& kernels, unsigned threads, const Method& method) {
  constexpr double network_steps = static_cast<double>(measured_networks) * static_cast<double>(steps_per_round);
  constexpr LockstepWork plain = {Precision::in_double, false, false};
  MethodThroughput best{0.0, 0.0};
  timed_rounds(method_rounds, most_seconds, [&] {
    best.network_steps_per_s = std::max(best.network_steps_per_s,
                                        rate_of(threads, network_steps, [&] { advance_alive_under(kernels, method); }));
    best.plain_per_s =
        std::max(best.plain_per_s, rate_of(threads, network_steps, [&] { advance_alive<double>(kernels, plain); }));
  });
  return best;
}

}  // namespace logmargin
