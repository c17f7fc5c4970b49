// 04: two or four points a thread, side by side.
//
// Constants are loaded once for all points of a thread, and fewer resident threads keep the pipe busy. Where occupancy
// hides the latency anyhow (many networks) the gain is in the instructions that are not FP64; where there are few
// networks it is a loss, since schedulers go idle.

#include "benchmarks/variants/variant.cuh"
#include "kernels/runtime/point_list.hpp"

namespace logmargin::variants {

namespace {

template <int InFlight>
__global__ void walk(PointColumns<double> points, std::size_t threads, std::int64_t steps) {
  const std::size_t thread = global_thread();
  if (thread >= threads) return;
  PointState<double> state[InFlight];
  double rate[InFlight];
  for (int k = 0; k < InFlight; ++k) {
    const std::size_t p = min(thread + k * threads, 2 * points.networks - 1);
    rate[k] = points.rate(p);
    state[k] = {points.correct(p), points.wrong(p)};
  }
  for (std::int64_t s = 0; s < steps; ++s) {
    for (int k = 0; k < InFlight; ++k) state[k] = gradient_step(rate[k], state[k]);
  }
  for (int k = 0; k < InFlight; ++k) {
    const std::size_t p = thread + k * threads;
    if (p >= 2 * points.networks) continue;
    points.correct(p) = state[k].correct;
    points.wrong(p) = state[k].wrong;
  }
}

template <int InFlight>
void advance(DeviceColumns<double> columns, std::size_t networks, const Problem& problem, std::int64_t steps) {
  const PointColumns<double> points = points_of(columns, networks, problem);
  const std::size_t threads = (2 * networks + InFlight - 1) / InFlight;
  walk<InFlight><<<blocks_for(threads), block>>>(points, threads, steps);
  check_launch("walk");
}

}  // namespace

std::vector<Variant> points_in_flight() {
  return {{"04 2 points in flight", advance<2>}, {"04 4 points in flight", advance<4>}};
}

}  // namespace logmargin::variants
