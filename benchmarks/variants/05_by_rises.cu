// 05: what the program does in one of its launches. Points are listed by what they need: dead ones nothing, those where
// the right neuron fires alone the short step by rises, the rest the step for both neurons. Before t = 64, and where a
// neuron is about to stop firing, each step has an exponential of its own. The program lists anew at 64 steps and
// whenever t has quadrupled; here points are listed once.
//
// A step by rises takes 7, 5 or 4 FP64 instructions a point from t = 64, 2048 or 65536 on, and 28/32 more for the rise
// taken anew once a round, where 04 takes 28. The lists cost a pass over the state and a scattered load before each
// launch: nothing beside thousands of steps.

#include "benchmarks/variants/variant.cuh"
#include "kernels/launch/advance_launch.cuh"

namespace logmargin::variants {

namespace {

void advance(DeviceColumns<double> columns, std::size_t networks, const Problem& problem, std::int64_t steps) {
  int device = 0;
  int multiprocessors = 0;
  check(cudaGetDevice(&device), "cudaGetDevice");
  check(cudaDeviceGetAttribute(&multiprocessors, cudaDevAttrMultiProcessorCount, device), "cudaDeviceGetAttribute");
  IndexLists lists(networks);
  const SideStream side;
  advance_points(points_of(columns, networks, problem), 0, steps, lists, multiprocessors, side, nullptr);
  check(cudaDeviceSynchronize(), "cudaDeviceSynchronize");
}

}  // namespace

std::vector<Variant> by_rises() { return {{"05 by rises", advance, true}}; }

}  // namespace logmargin::variants
