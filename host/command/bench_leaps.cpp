#include "host/command/bench_leaps.hpp"

#include <algorithm>
#include <chrono>

#include "host/plan/vocabulary.hpp"

namespace logmargin {

namespace {

constexpr std::uint64_t networks = 40'000;
constexpr int rounds = 3;

}  // namespace

LeapThroughput measure_leaps(Engine& engine) {
  RecordRule rule{RecordRule::Kind::list, 0.0, {}};
  for (int decade = 0; decade < 300; decade += 5) rule.listed.push_back(std::stod("1e" + std::to_string(decade)));
  const Schedule schedule = make_schedule(1e300, rule);
  CellRun cell = {make_problem(1.0, -1.0, 0.1), {weight_law("he-normal", 1), {}}, 0, 0, networks};
  cell.stepping = auto_stepping;
  cell.thresholds = {0.1, 0.01, 0.001};
  LeapThroughput best = {0.0, schedule.times().size()};
  for (int round = 0; round < rounds; ++round) {
    RunControl control;
    const auto begin = std::chrono::steady_clock::now();
    engine.run(
        cell, schedule, [](std::size_t, const CheckpointTally&) {}, control);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    best.networks_per_s = std::max(best.networks_per_s, static_cast<double>(networks) / seconds.count());
  }
  return best;
}

}  // namespace logmargin
