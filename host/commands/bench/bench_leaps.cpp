#include "host/commands/bench/bench_leaps.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "host/engine/speed/timed_rounds.hpp"
#include "host/plan/vocabulary.hpp"

namespace logmargin {

LeapThroughput measure_leaps(Engine& engine) {
  constexpr std::uint64_t networks = 40'000;
  constexpr int rounds = 3;
  constexpr double most_seconds = 6.0;
  constexpr double horizon = 1e300;
  const auto schedule_of = [](std::vector<double> recorded_t) {
    return make_schedule(horizon, {RecordRule::Kind::list, 0.0, std::move(recorded_t)});
  };
  std::vector<double> recorded;
  for (int decade = 0; decade < 300; decade += 5) recorded.push_back(std::stod("1e" + std::to_string(decade)));
  const Schedule schedule = schedule_of(recorded);
  const Schedule horizon_alone = schedule_of({});
  CellRun cell = {make_problem(1.0, -1.0, 0.1), {weight_distribution("he-normal", 1), {}}, 0, 0, networks};
  cell.stepping = auto_stepping;
  CellRun with_thresholds = cell;
  with_thresholds.thresholds = {0.1, 0.01, 0.001};

  constexpr double never = std::numeric_limits<double>::infinity();
  double all = never, unasked = never, unrecorded = never;
  const auto keep_best = [&](double& best, const CellRun& run, const Schedule& recorded_t) {
    RunControl control;
    const auto ignore = [](std::size_t, const RecordedTally&) {};
    best = std::min(best, seconds_of([&] { engine.run(run, recorded_t, ignore, control); }));
  };
  timed_rounds(rounds, most_seconds, [&] {
    keep_best(all, with_thresholds, schedule);
    keep_best(unasked, cell, schedule);
    keep_best(unrecorded, cell, horizon_alone);
  });
  return {static_cast<double>(networks) / all, schedule.times().size(),
          std::clamp((unasked - unrecorded) / all, 0.0, 1.0), std::clamp((all - unasked) / all, 0.0, 1.0)};
}

}  // namespace logmargin
