// 03: a thread for each point, so that a network takes two.
//
// Twice as many threads with half the work. For few networks (10,000 do not fill a large GPU) a step then takes the
// latency of one chain on an otherwise idle scheduler; for many nothing should change but the number of registers.

#include "benchmarks/variants/variant.cuh"
#include "kernels/runtime/point_list.hpp"

namespace logmargin::variants {

namespace {

__global__ void walk(PointColumns<double> points, std::int64_t steps) {
  const std::size_t p = global_thread();
  if (p >= 2 * points.networks) return;
  const double rate = points.rate(p);
  PointState<double> point = {points.correct(p), points.wrong(p)};
  for (std::int64_t s = 0; s < steps; ++s) point = gradient_step(rate, point);
  points.correct(p) = point.correct;
  points.wrong(p) = point.wrong;
}

void advance(DeviceColumns<double> columns, std::size_t networks, const Problem& problem, std::int64_t steps) {
  const PointColumns<double> points = points_of(columns, networks, problem);
  walk<<<blocks_for(2 * networks), block>>>(points, steps);
  check_launch("walk");
}

}  // namespace

std::vector<Variant> thread_per_point() { return {{"03 thread per point", advance}}; }

}  // namespace logmargin::variants
