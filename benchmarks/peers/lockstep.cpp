// logmargin's own stepping of given networks, as lockstep does it: what the peers' loops are measured against.

#include <algorithm>

#include "host/engine/cpu/parallel_for.hpp"
#include "host/engine/cpu/stepped_networks.hpp"
#include "job.hpp"

namespace {

using namespace logmargin;

/// Networks that a thread takes at once: a batch's columns stay in the first cache.
constexpr std::size_t batch = 512;

std::vector<SteppedNetworks<double>> batches_of(const Problem& problem, const peers::State& state) {
  const std::size_t count = state.size() / network_columns;
  std::vector<SteppedNetworks<double>> batches;
  for (std::size_t first = 0; first < count; first += batch) {
    std::vector<Network<double>> networks(std::min(batch, count - first));
    for (std::size_t i = 0; i < networks.size(); ++i) {
      const double* z = state.data() + first + i;
      networks[i] = {z[0], z[count], z[2 * count], z[3 * count]};
    }
    batches.emplace_back(problem, networks, std::vector<OrthogonalComponent<double>>());
  }
  return batches;
}

peers::Json loop(const peers::Json& job, const SimdDispatchTable& kernels, unsigned threads) {
  peers::State state = peers::read_state(job.at("initial"));
  const std::size_t count = state.size() / network_columns;
  const Problem problem = make_problem(job.at("data").at(0), job.at("data").at(1), job.at("eta"));
  std::vector<SteppedNetworks<double>> batches = batches_of(problem, state);
  const double steps = job.at("steps");
  RunControl control;
  const peers::Stopwatch watch;
  parallel_for(threads, batches.size(), [&](unsigned, std::size_t b) {
    BatchScratch scratch(batch);
    batches[b].advance(kernels, steps, scratch, control);
  });
  const double seconds = watch.seconds();
  for (int c = 0; c < network_columns; ++c) {
    for (std::size_t i = 0; i < count; ++i) {
      state[static_cast<std::size_t>(c) * count + i] = batches[i / batch].state().column(c)[i % batch];
    }
  }
  peers::write_state(job.at("final"), state);
  return {{"seconds", {{"total", seconds}}}};
}

}  // namespace

int main(int argc, char** argv) {
  const auto settings = argc > 1 ? peers::Json::parse(argv[1]) : peers::Json::object();
  const auto threads = settings.value("threads", 2U);
  const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
  peers::serve({{"kernels", kernels.name}, {"gcc", __VERSION__}},
               [&](const peers::Json& job) { return loop(job, kernels, threads); });
}
