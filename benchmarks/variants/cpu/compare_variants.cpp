// Time-stamp cycles that a step of four networks, two vectors of points, takes in each variant; in turn, the least
// disturbed of many short rounds each. A variant whose points are not those of a walk in long double to 1e-13 gets no
// number. usage: compare_variants VARIANT.so...

#include <dlfcn.h>
#include <x86intrin.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "benchmarks/variants/cpu/variant.hpp"
#include "host/engine/cpu/columns.hpp"
#include "host/engine/cpu/lanes/lane_loops.hpp"

namespace {

using namespace logmargin;

constexpr std::size_t points = 512;
constexpr std::int64_t steps = 320;
constexpr int rounds = 300;
constexpr double rate = 0.1;

/// What the points are like: about as they are at t, and the wrong neuron firing at none or at half of them.
struct Kind {
  const char* name;
  std::int64_t t;
  bool half_wrong;
};
constexpr Kind kinds[] = {
    {"half wrong", 0, true}, {"t = 64", 64, false}, {"t = 2048", 2048, false}, {"t = 65536", 65536, false}};

AlignedColumns points_of(const Kind& kind) {
  AlignedColumns columns(3, points);
  const double climbed = std::log1p(rate * static_cast<double>(kind.t));
  for (std::size_t i = 0; i < points; ++i) {
    const double spread = static_cast<double>(i) / static_cast<double>(points);
    columns.column(0)[i] = 0.5 + spread + climbed;
    columns.column(1)[i] = kind.half_wrong && i % 2 == 1 ? 0.1 + spread : -0.1 - spread;
  }
  return columns;
}

void advance_all(variants::AdvancePoints advance, const Kind& kind, AlignedColumns& columns) {
  advance(rate, kind.t, steps, {columns.column(0), columns.column(1), columns.column(2)}, points);
}

/// Says whether a variant is right on points where the right neuron fires alone, which every variant takes.
bool is_right(variants::AdvancePoints advance) {
  const Kind& kind = kinds[2];
  AlignedColumns columns = points_of(kind);
  AlignedColumns start = points_of(kind);
  advance_all(advance, kind, columns);
  for (std::size_t i = 0; i < points; ++i) {
    long double correct = start.column(0)[i];
    for (std::int64_t step = 0; step < steps; ++step) correct += rate * std::exp(-correct);
    if (std::fabs(columns.column(0)[i] - correct) > 1e-13L) return false;
  }
  return true;
}

double cycles(variants::AdvancePoints advance, const Kind& kind) {
  AlignedColumns columns = points_of(kind);
  const auto start = __rdtsc();
  advance_all(advance, kind, columns);
  const auto taken = static_cast<double>(__rdtsc() - start);
  return 2.0 * taken / (static_cast<double>(steps) * static_cast<double>(points) / 4.0);
}

double cycles_of_multiply_add() {
  constexpr std::int64_t chain_rounds = 20'000;
  const auto start = __rdtsc();
  [[maybe_unused]] volatile const double used = lane_loops<variants::Vector, 4>::multiply_add(chain_rounds);
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
  std::vector<std::vector<double>> least(all.size(), std::vector<double>(std::size(kinds), 1e300));
  for (int round = 0; round < rounds; ++round) {
    multiply_add = std::min(multiply_add, cycles_of_multiply_add());
    for (std::size_t v = 0; v < all.size(); ++v) {
      for (std::size_t k = 0; k < std::size(kinds); ++k) least[v][k] = std::min(least[v][k], cycles(all[v], kinds[k]));
    }
  }
  std::printf("a multiply-add: %.3f cycles\n%-32s", multiply_add, "");
  for (const Kind& kind : kinds) std::printf(" %11s", kind.name);
  std::puts("");
  for (std::size_t v = 0; v < all.size(); ++v) {
    std::printf("%-32s", argv[v + 1]);
    if (!is_right(all[v])) {
      std::puts(" differs from the walk in long double: not timed");
      continue;
    }
    for (const double taken : least[v]) std::printf(" %11.2f", taken);
    std::puts("");
  }
}
