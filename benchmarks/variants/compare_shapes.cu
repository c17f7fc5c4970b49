// Network-steps a second by rises of two terms, where the right neurons fire alone, for each shape of the loop: points
// in a thread, steps to a turn of the loop, threads in a block. A shape whose states are not the CPU's, to the bit,
// gets no number. usage: compare_shapes
//
// The chain of a step is a multiply-add, a product and a multiply-add. Expected: a second point hides what latency
// warps leave, more points take registers from other warps.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "kernels/runtime/device_array.cuh"
#include "kernels/runtime/gpu_error.hpp"
#include "kernels/runtime/thread_index.cuh"
#include "logmargin/stepping/descent.hpp"

namespace {

using namespace logmargin;

struct Points {
  double* correct;
  std::size_t count;
  double rate_positive, rate_negative;
};

/// From here on rises decay by two terms.
constexpr std::int64_t first_t = 65536;

template <int InFlight, int Unrolled, int Block>
__global__ void __launch_bounds__(Block) advance(Points points, int steps) {
  const std::size_t threads = (points.count + InFlight - 1) / InFlight;
  const std::size_t thread = global_thread();
  if (thread >= threads) return;
  PointState<double> state[InFlight];
  double rate[InFlight], rise[InFlight];
#pragma unroll
  for (int k = 0; k < InFlight; ++k) {
    const std::size_t entry = thread + k * threads;
    const std::size_t at = entry < points.count ? entry : thread;
    rate[k] = at < points.count / 2 ? points.rate_positive : points.rate_negative;
    state[k] = {points.correct[at], -1.0};
  }
  for (int done = 0; done < steps; done += round_steps) {
#pragma unroll
    for (int k = 0; k < InFlight; ++k) rise[k] = rise_of_round<2>(rate[k], state[k]);
#pragma unroll Unrolled
    for (int step = 0; step < round_steps; ++step) {
#pragma unroll
      for (int k = 0; k < InFlight; ++k) {
        state[k].correct = raised(state[k].correct, rise[k]);
        rise[k] = next_rise<2>(rise[k], rise[k]);
      }
    }
  }
#pragma unroll
  for (int k = 0; k < InFlight; ++k) {
    const std::size_t entry = thread + k * threads;
    if (entry < points.count) points.correct[entry] = state[k].correct;
  }
}

/// As high as points are by then.
double start_of(std::size_t i) { return 10.0 + 1e-3 * static_cast<double>(i % 1000); }

bool has_cpu_states(const std::vector<double>& actual, const Points& points, int steps) {
  for (std::size_t i = 0; i < points.count; i += 997) {
    const double rate = i < points.count / 2 ? points.rate_positive : points.rate_negative;
    PointState<double> expected = {start_of(i), -1.0};
    double rise = 0.0;
    descend(rate, expected, rise, first_t, steps);
    // Neither is 0 or NaN.
    if (actual[i] != expected.correct) return false;
  }
  return true;
}

template <int InFlight, int Unrolled, int Block>
void measure() {
  constexpr int rounds = 3;
  const auto kernel = advance<InFlight, Unrolled, Block>;
  cudaFuncAttributes attributes{};
  check(cudaFuncGetAttributes(&attributes, kernel), "cudaFuncGetAttributes");
  std::printf("%9d %8d %6d %10d", InFlight, Unrolled, Block, attributes.numRegs);
  for (const std::size_t networks : {10'000UL, 100'000UL, 1'000'000UL, 10'000'000UL}) {
    const std::size_t count = 2 * networks;
    const int steps = networks >= 10'000'000 ? 1'024 : 4'096;
    std::vector<double> initial(count);
    for (std::size_t i = 0; i < count; ++i) initial[i] = start_of(i);
    DeviceArray<double> correct(count, "points");
    const Points points = {correct.data(), count, 0.1, 0.2};
    const auto blocks = static_cast<unsigned>(((count + InFlight - 1) / InFlight + Block - 1) / Block);
    double best = 0.0;
    for (int round = 0; round < rounds; ++round) {
      correct.upload(initial.data(), count, nullptr);
      check(cudaDeviceSynchronize(), "cudaDeviceSynchronize");
      const auto begin = std::chrono::steady_clock::now();
      kernel<<<blocks, Block>>>(points, steps);
      check_launch("advance");
      check(cudaDeviceSynchronize(), "cudaDeviceSynchronize");
      const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
      best = std::max(best, static_cast<double>(networks) * steps / seconds);
    }
    if (networks == 10'000 && !has_cpu_states(correct.download(count, nullptr), points, steps)) {
      std::puts("  differs from the CPU: not timed");
      return;
    }
    std::printf(" %9.3g", best);
  }
  std::putchar('\n');
}

void compare() {
  std::puts("                                       network-steps/s of so many networks");
  std::puts("in flight unrolled  block  registers       1e4       1e5       1e6       1e7");
  measure<1, 1, 128>();
  measure<1, 4, 128>();
  measure<1, 16, 128>();
  measure<1, 8, 32>();
  measure<2, 1, 128>();
  measure<2, 4, 128>();
  measure<2, 16, 128>();
  measure<4, 1, 128>();
  measure<4, 4, 128>();
  measure<8, 1, 128>();
  measure<8, 2, 128>();
}

}  // namespace

int main() {
  try {
    compare();
    return 0;
  } catch (const logmargin::GpuError& error) {
    std::fprintf(stderr, "compare_shapes: %s\n", error.what());
    return 4;
  }
}
