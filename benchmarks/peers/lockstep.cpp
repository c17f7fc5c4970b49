// logmargin's own loop on given networks, every point stepped: what the peers' loops are measured against.

#include <algorithm>

#include "host/engine/columns.hpp"
#include "host/engine/over_threads.hpp"
#include "job.hpp"

namespace {

using namespace logmargin;

/// Networks that a thread takes at once: a batch's columns stay in the first cache.
constexpr std::size_t batch = 512;

void advance(const LaneKernels& kernels, const Problem& problem, ColumnsView state, std::size_t count,
             std::int64_t steps, unsigned threads) {
  over_threads(threads, (count + batch - 1) / batch, [&](unsigned, std::size_t b) {
    const std::size_t here = std::min(batch, count - b * batch);
    const ColumnsView part = {state.data + b * batch, state.stride};
    if (problem.decoupled()) {
      kernels.advance_points(problem.rate_positive, part.column(0), part.column(2), here, steps);
      kernels.advance_points(problem.rate_negative, part.column(3), part.column(1), here, steps);
    } else {
      kernels.advance_networks(problem, part, here, steps);
    }
  });
}

peers::Json loop(const peers::Json& job, const LaneKernels& kernels, unsigned threads) {
  peers::State state = peers::read_state(job.at("initial"));
  const std::size_t count = state.size() / network_columns;
  AlignedColumns columns(network_columns, padded(count));
  for (int c = 0; c < network_columns; ++c) {
    std::copy_n(state.data() + static_cast<std::size_t>(c) * count, count, columns.column(c));
  }
  const Problem problem = make_problem(job.at("data").at(0), job.at("data").at(1), job.at("eta"));
  const peers::Stopwatch watch;
  advance(kernels, problem, columns.view(), padded(count), job.at("steps"), threads);
  const double seconds = watch.seconds();
  for (int c = 0; c < network_columns; ++c) {
    std::copy_n(columns.column(c), count, state.data() + static_cast<std::size_t>(c) * count);
  }
  peers::write_state(job.at("final"), state);
  return {{"seconds", {{"total", seconds}}}};
}

}  // namespace

int main(int argc, char** argv) {
  const auto settings = argc > 1 ? peers::Json::parse(argv[1]) : peers::Json::object();
  const auto threads = settings.value("threads", 2U);
  const LaneKernels kernels = available_lane_kernels().back();
  peers::serve({{"kernels", kernels.name}, {"gcc", __VERSION__}},
               [&](const peers::Json& job) { return loop(job, kernels, threads); });
}
