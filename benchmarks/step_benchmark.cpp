// Network-steps a second of one core for each instruction set, beside the bound set by its FMA units.
// Each kernel is first checked against the scalar one, bit for bit; a kernel that differs prints no number.

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstring>

#include "host/engine/cpu/columns.hpp"
#include "host/engine/speed/throughput.hpp"

namespace {

using namespace logmargin;

constexpr std::size_t networks = 512;
constexpr std::int64_t steps = 2'000;
/// From here on steps take least.
constexpr std::int64_t first_t = 65536;

AlignedColumns alive_points() {
  AlignedColumns columns(3, networks);
  for (std::size_t i = 0; i < networks; ++i) {
    const double spread = static_cast<double>(i) / static_cast<double>(networks);
    columns.view().column(0)[i] = 0.5 + spread + std::log1p(0.1 * first_t);
    columns.view().column(1)[i] = -spread;
  }
  return columns;
}

void step(const SimdDispatchTable& kernels, std::int64_t t, AlignedColumns& points) {
  kernels.descent.points(0.1, t, steps, {points.column(0), points.column(1), points.column(2)}, networks);
}

bool same_as_scalar(const SimdDispatchTable& kernels) {
  AlignedColumns expected = alive_points();
  AlignedColumns actual = alive_points();
  step(available_simd_dispatch_tables().front(), first_t, expected);
  step(kernels, first_t, actual);
  return std::memcmp(expected.view().data, actual.view().data, 2 * networks * sizeof(double)) == 0;
}

void lockstep(benchmark::State& state, const SimdDispatchTable& kernels) {
  if (!same_as_scalar(kernels)) {
    state.SkipWithError("differs from the scalar kernel");
    return;
  }
  AlignedColumns columns = alive_points();
  std::int64_t t = first_t;
  for (auto _ : state) {
    step(kernels, t, columns);
    t += steps;
    benchmark::DoNotOptimize(columns.view().data);
  }
  // Two points make a network.
  const double network_steps = static_cast<double>(state.iterations()) * static_cast<double>(networks * steps) / 2.0;
  const Throughput reference = measure_throughput(kernels, 1, {Precision::in_double, false, first_t});
  state.counters["network_steps"] = benchmark::Counter(network_steps, benchmark::Counter::kIsRate);
  state.counters["fma_bound_per_s"] = reference.bound_per_s;
  state.counters["fraction_of_bound"] = reference.fraction();
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  for (const SimdDispatchTable& kernels : available_simd_dispatch_tables()) {
    benchmark::RegisterBenchmark(("lockstep/" + std::string(kernels.name)).c_str(), lockstep, kernels);
  }
  benchmark::RunSpecifiedBenchmarks();
}
