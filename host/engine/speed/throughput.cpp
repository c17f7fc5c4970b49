#include "host/engine/speed/throughput.hpp"

#include <algorithm>
#include <barrier>
#include <chrono>
#include <cmath>
#include <thread>
#include <type_traits>

#include "host/engine/cpu/stepped_networks.hpp"
#include "host/engine/speed/operation_count.hpp"
#include "host/engine/speed/timed_rounds.hpp"
#include "logmargin/stepping/descent.hpp"
#include "logmargin/stepping/method_state.hpp"

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

/// Fills the columns with networks at whose points the right neurons fire alone, and stand about where they are at t.
template <class Number>
void fill_alive(const Problem& problem, std::int64_t t, ColumnsOf<Number> state) {
  for (std::size_t i = 0; i < measured_networks; ++i) {
    const double spread = static_cast<double>(i) / static_cast<double>(measured_networks);
    const double climbed = std::log1p(problem.rate_positive * static_cast<double>(t));
    put_record(Network<Number>{Number(0.5 + spread + climbed), Number(-0.1 - spread), Number(-0.1 - spread),
                               Number(1.5 - spread + climbed)},
               state, i);
  }
}

/// Takes so many steps from t on, or from t to the end of the steps that have an exponential of their own again and
/// again.
template <class Step>
void step_from(std::int64_t t, std::int64_t first_carried, const Step& step) {
  const std::int64_t most = t < first_carried ? first_carried - t : steps_per_round;
  for (std::int64_t left = steps_per_round; left > 0; left -= most) step(left < most ? left : most);
}

template <class Number>
void advance_alive(const SimdDispatchTable& kernels, const LockstepWork& work) {
  const Problem problem = work.coupled ? make_problem(1.5, -1.5, 0.1) : make_problem(1.0, -1.0, 0.1);
  AlignedColumnsOf<Number> columns(carried_columns, measured_networks);
  const ColumnsOf<Number> state = columns.view();
  fill_alive(problem, work.from_t, state);
  const DescentLoops<Number>& loops = descent_of<Number>(kernels);
  step_from(work.from_t, first_carried_t<Number>, [&](std::int64_t steps) {
    if (work.coupled) {
      loops.networks(problem, work.from_t, steps, state, measured_networks);
      return;
    }
    const double rates[] = {problem.rate_positive, problem.rate_negative};
    for (int side = 0; side < 2; ++side) {
      const PointColumnsOf<Number> points = {state.column(correct_column[side]), state.column(wrong_column[side]),
                                             state.column(rise_column[side])};
      loops.points(rates[side], work.from_t, steps, points, measured_networks);
    }
  });
}

/// Steps networks under a method, with memories that are zero, as most optimisers' are at first.
void advance_alive_under(const SimdDispatchTable& kernels, const Method& method) {
  AlignedColumns columns(network_columns + most_memory_columns, measured_networks);
  const ColumnsView state = columns.view();
  const Problem problem = make_problem(1.0, -1.0, 0.1, method);
  fill_alive(problem, 0, state);
  kernels.advance_method(problem, state, {state.column(network_columns), state.stride}, measured_networks, 0.0,
                         steps_per_round);
}

CountingLane counted(double value, OperationCount& count, CountingLane) { return {value, &count}; }
CountingPair counted(double value, OperationCount& count, CountingPair) {
  return {{static_cast<float>(value), &count}, {0.0F, &count}};
}

double value_of(CountingLane x) { return x.value; }
double value_of(const CountingPair& x) { return static_cast<double>(x.high.value); }

template <class Number>
OperationCount count_step_of(bool coupled, std::int64_t t) {
  OperationCount count;
  const auto number = [&](double value) { return counted(value, count, Number{}); };
  const double correct = 2.0 + std::log1p(static_cast<double>(t));
  const Network<Number> network = {number(correct), number(-1.0), number(-1.0), number(correct)};
  CarriedNetwork<Number> carried = {network, {number(0.0), number(0.0)}};
  Rates<Number> rates(coupled ? make_problem(1.5, -1.5, 0.1) : make_problem(1.0, -1.0, 0.1));
  // What a rate is multiplied by may be a constant here, of a neuron that does not fire.
  for (Number* rate :
       {&rates.positive, &rates.negative, &rates.coupling, &rates.first_follows, &rates.second_follows}) {
    *rate = number(value_of(*rate));
  }
  if (coupled) {
    descend<true>(rates, carried, t, round_steps);
  } else {
    descend<false>(rates, carried, t, round_steps);
  }
  constexpr double steps = round_steps;
  return {count.fused_multiply_adds / steps, count.multiplications / steps, count.additions / steps,
          count.comparisons_and_limits / steps};
}

}  // namespace

OperationCount count_step(Precision precision, bool coupled, std::int64_t t) {
  return precision == Precision::mixed ? count_step_of<CountingPair>(coupled, t)
                                       : count_step_of<CountingLane>(coupled, t);
}

Throughput measure_throughput(const SimdDispatchTable& kernels, unsigned threads, const LockstepWork& work) {
  const bool mixed = work.precision == Precision::mixed;
  const auto advance = mixed ? advance_alive<Pair<float>> : advance_alive<double>;
  // A vector holds twice as many floats.
  const int fma_lanes = mixed && kernels.lanes > 1 ? 2 * kernels.lanes : kernels.lanes;
  Throughput best{};
  const double network_steps = static_cast<double>(measured_networks) * static_cast<double>(steps_per_round);
  timed_rounds(cpu_rounds, most_seconds, [&] {
    best.network_steps_per_s =
        std::max(best.network_steps_per_s, rate_of(threads, network_steps, [&] { advance(kernels, work); }));
    const double fmas = static_cast<double>(fma_rounds) * fma_chains * fma_lanes;
    best.fma_lanes_per_s =
        std::max(best.fma_lanes_per_s, rate_of(threads, fmas, [&] { kernels.multiply_add(fma_rounds); }));
  });
  best.operations = count_step(work.precision, work.coupled, work.from_t).on_fma_units();
  best.bound_per_s = best.fma_lanes_per_s / best.operations;
  return best;
}

MethodThroughput measure_method(const SimdDispatchTable& kernels, unsigned threads, const Method& method) {
  constexpr double network_steps = static_cast<double>(measured_networks) * static_cast<double>(steps_per_round);
  constexpr LockstepWork plain = {Precision::in_double, false, 0};
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
