// 05: what the program does in one of its launches. Points are listed by what they need: dead ones nothing, settled
// ones the short step without comparisons, the rest steps without choices while no neuron starts or stops firing, else
// the general one. The program lists anew at 64 steps and whenever t has quadrupled; here points are listed once.
//
// 18 FP64 instructions a point-step for 28, that is 36 a network-step, and none for dead points. The lists cost a pass
// over the state and a scattered load before each launch: nothing beside thousands of steps. Expected: the bound rises
// by half, and for zero biases the work halves besides.

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
  advance_points(points_of(columns, networks, problem), steps, lists, multiprocessors, side, nullptr);
  check(cudaDeviceSynchronize(), "cudaDeviceSynchronize");
}

}  // namespace

std::vector<Variant> settled_points() { return {{"05 settled points", advance}}; }

}  // namespace logmargin::variants
