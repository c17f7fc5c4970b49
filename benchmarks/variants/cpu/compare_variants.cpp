// Time-stamp cycles that a step of four networks, two vectors of points, takes in each variant; in turn, the least
// disturbed of many short rounds each. usage: compare_variants VARIANT.so...

#include <dlfcn.h>
#include <x86intrin.h>

#include <algorithm>
#include <cstdio>
#include <vector>

#include "benchmarks/variants/cpu/variant.hpp"
#include "host/engine/cpu/columns.hpp"

namespace {

using namespace logmargin;

constexpr std::size_t points = 512;
constexpr std::int64_t steps = 300;
constexpr int rounds = 300;
constexpr double rate = 0.1;

/// Settled ones; but for half of them the wrong neuron fires at first where not all have to be settled.
void fill(AlignedColumns& columns, bool all_settled) {
  for (std::size_t i = 0; i < points; ++i) {
    const double spread = static_cast<double>(i) / static_cast<double>(points);
    columns.column(0)[i] = 0.5 + spread;
    columns.column(1)[i] = all_settled || i % 2 == 0 ? -0.1 - spread : 0.1 + spread;
  }
}

double cycles(variants::AdvancePoints advance, bool all_settled) {
  AlignedColumns columns(2, points);
  fill(columns, all_settled);
  const auto start = __rdtsc();
  advance(rate, columns.column(0), columns.column(1), points, steps);
  const auto taken = static_cast<double>(__rdtsc() - start);
  return 2.0 * taken / (static_cast<double>(steps) * static_cast<double>(points) / 4.0);
}

double cycles_of_multiply_add() {
  constexpr std::int64_t chain_rounds = 20'000;
  const auto start = __rdtsc();
  [[maybe_unused]] volatile const double used =
      lane_loops<variants::Vector, 8, Pair<std::experimental::native_simd<float>>, 4>::multiply_add(chain_rounds);
  return static_cast<double>(__rdtsc() - start) / static_cast<double>(chain_rounds * fma_chains);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<variants::AdvancePoints> all;
  for (int i = 1; i < argc; ++i) {
    void* const library = dlopen(argv[i], RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
      std::fprintf(stderr, "%s\n", dlerror());
      return 1;
    }
    all.push_back(reinterpret_cast<variants::AdvancePoints (*)()>(dlsym(library, "advance_points_variant"))());
  }
  double multiply_add = 1e300;
  std::vector<double> mixed(all.size(), 1e300);
  std::vector<double> settled(all.size(), 1e300);
  for (int round = 0; round < rounds; ++round) {
    multiply_add = std::min(multiply_add, cycles_of_multiply_add());
    for (std::size_t v = 0; v < all.size(); ++v) {
      mixed[v] = std::min(mixed[v], cycles(all[v], false));
      settled[v] = std::min(settled[v], cycles(all[v], true));
    }
  }
  // 40 operations of a network-step need a multiply-add unit; see count_gradient_step.
  const double bound = 40.0 * multiply_add;
  std::printf("a multiply-add: %.3f cycles; 40 of them: %.2f\n", multiply_add, bound);
  for (std::size_t v = 0; v < all.size(); ++v) {
    std::printf("%-32s %6.2f cycles, %3.0f %% of the bound; all settled %6.2f\n", argv[v + 1], mixed[v],
                100.0 * bound / mixed[v], settled[v]);
  }
}
