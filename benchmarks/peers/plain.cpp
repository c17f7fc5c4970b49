// Plain C++: std::exp, OpenMP, blocks of networks whose states stay in the first cache while they take all steps.
// Built twice: with -O3 -march=native, where GCC calls exp for one network after another, and with -ffast-math as well,
// where it calls glibc's vector exp (libmvec).

#include <omp.h>

#include <algorithm>
#include <cmath>

#include "job.hpp"
#include "plain_statistics.hpp"

namespace {

using peers::Json;
using peers::State;

struct Rates {
  double first, second, coupling;

  explicit Rates(const Json& job) {
    const double x1 = job.at("data").at(0), x2 = job.at("data").at(1), half = job.at("eta").get<double>() / 2.0;
    first = half * (x1 * x1 + 1.0);
    second = half * (x2 * x2 + 1.0);
    coupling = half * (x1 * x2 + 1.0);
  }
};

template <std::size_t Block>
void advance_points(double rate, double* right, double* wrong, std::size_t count, std::int64_t steps) {
#pragma omp parallel for schedule(dynamic)
  for (std::size_t first = 0; first < count; first += Block) {
    const std::size_t here = std::min(Block, count - first);
    double r[Block], w[Block];
    std::fill_n(r, Block, 0.0);
    std::fill_n(w, Block, 0.0);
    std::copy_n(right + first, here, r);
    std::copy_n(wrong + first, here, w);
    for (std::int64_t step = 0; step < steps; ++step) {
      for (std::size_t i = 0; i < Block; ++i) {
        const double g = rate * std::exp((w[i] > 0.0 ? w[i] : 0.0) - (r[i] > 0.0 ? r[i] : 0.0));
        r[i] = r[i] > 0.0 ? r[i] + g : r[i];
        w[i] = w[i] > 0.0 ? w[i] - g : w[i];
      }
    }
    std::copy_n(r, here, right + first);
    std::copy_n(w, here, wrong + first);
  }
}

template <std::size_t Block>
void advance_networks(const Rates& rates, double* z, std::size_t count, std::int64_t steps) {
#pragma omp parallel for schedule(dynamic)
  for (std::size_t first = 0; first < count; first += Block) {
    const std::size_t here = std::min(Block, count - first);
    double z11[Block], z12[Block], z21[Block], z22[Block];
    double* const columns[] = {z11, z12, z21, z22};
    for (std::size_t c = 0; c < 4; ++c) {
      std::fill_n(columns[c], Block, 0.0);
      std::copy_n(z + c * count + first, here, columns[c]);
    }
    for (std::int64_t step = 0; step < steps; ++step) {
      for (std::size_t i = 0; i < Block; ++i) {
        const double rho_1 = std::exp((z21[i] > 0.0 ? z21[i] : 0.0) - (z11[i] > 0.0 ? z11[i] : 0.0));
        const double rho_2 = std::exp((z12[i] > 0.0 ? z12[i] : 0.0) - (z22[i] > 0.0 ? z22[i] : 0.0));
        const double h11 = z11[i] > 0.0 ? rho_1 : 0.0, h21 = z21[i] > 0.0 ? rho_1 : 0.0;
        const double h12 = z12[i] > 0.0 ? rho_2 : 0.0, h22 = z22[i] > 0.0 ? rho_2 : 0.0;
        z11[i] += rates.first * h11 - rates.coupling * h12;
        z12[i] += rates.coupling * h11 - rates.second * h12;
        z21[i] += rates.coupling * h22 - rates.first * h21;
        z22[i] += rates.second * h22 - rates.coupling * h21;
      }
    }
    for (std::size_t c = 0; c < 4; ++c) std::copy_n(columns[c], here, z + c * count + first);
  }
}

template <std::size_t Block>
void advance(const Rates& rates, State& state, std::int64_t steps) {
  const std::size_t count = state.size() / 4;
  double* const z = state.data();
  if (rates.coupling == 0.0) {
    advance_points<Block>(rates.first, z, z + 2 * count, count, steps);
    advance_points<Block>(rates.second, z + 3 * count, z + count, count, steps);
  } else {
    advance_networks<Block>(rates, z, count, steps);
  }
}

using Advance = void (*)(const Rates&, State&, std::int64_t);

Advance choose(int block) {
  switch (block) {
    case 8:
      return advance<8>;
    case 16:
      return advance<16>;
    case 64:
      return advance<64>;
    case 256:
      return advance<256>;
    default:
      throw std::runtime_error("block is 8, 16, 64 or 256");
  }
}

Json loop(const Json& job, Advance advance) {
  State state = peers::read_state(job.at("initial"));
  const peers::Stopwatch watch;
  advance(Rates(job), state, job.at("steps"));
  const double seconds = watch.seconds();
  peers::write_state(job.at("final"), state);
  return {{"seconds", {{"total", seconds}}}};
}

Json experiment(const Json& job, Advance advance) {
  const peers::Stopwatch all;
  double late_seconds = 0.0;
  std::int64_t late_steps = 0;
  State state = peers::read_state(job.at("initial"));
  peers::Table table(job.at("data").at(0), job.at("data").at(1));
  std::int64_t reached = 0;
  for (const std::int64_t t : job.at("times")) {
    const peers::Stopwatch watch;
    advance(Rates(job), state, t - reached);
    if (t > job.at("steps").get<std::int64_t>() / 10) {
      late_seconds += watch.seconds();
      late_steps += t - reached;
    }
    reached = t;
    table.record(t, state);
  }
  const Json outcomes = peers::outcomes(state);
  std::ofstream(job.at("table").get<std::string>()) << table.text();
  const double total = all.seconds();
  peers::write_state(job.at("final"), state);
  return {{"seconds", {{"total", total}}},
          {"late", {{"seconds", late_seconds}, {"steps", late_steps}}},
          {"outcomes", outcomes},
          {"classified", table.classified()}};
}

}  // namespace

int main(int argc, char** argv) {
  const Json settings = argc > 1 ? Json::parse(argv[1]) : Json::object();
  omp_set_num_threads(settings.value("threads", 2));
  const Advance advance = choose(settings.value("block", 64));
  peers::serve({{"gcc", __VERSION__}}, [&](const Json& job) {
    return job.at("kind") == "loop" ? loop(job, advance) : experiment(job, advance);
  });
}
