#include "host/commands/bench/bench_records.hpp"

#include <algorithm>
#include <limits>

#include "host/engine/speed/timed_rounds.hpp"
#include "host/plan/vocabulary.hpp"

namespace logmargin {

RecordThroughput measure_records(Engine& engine) {
  constexpr std::uint64_t networks = 4'000;
  constexpr double recorded_steps = 200.0;
  // There are more steps here, because steps are so much cheaper.
  constexpr double unrecorded_steps = 20'000.0;
  constexpr int rounds = 3;
  constexpr double most_seconds = 4.0;
  const CellRun cell = {make_problem(1.0, -1.0, 0.1), {weight_distribution("he-normal", 1), {}}, 0, 0, networks};
  const Schedule none = make_schedule(1.0, {RecordRule::Kind::every, 1.0, {}});
  const Schedule ends = make_schedule(unrecorded_steps, {RecordRule::Kind::every, unrecorded_steps, {}});
  const Schedule every = make_schedule(recorded_steps, {RecordRule::Kind::every, 1.0, {}});

  constexpr double never = std::numeric_limits<double>::infinity();
  double one_step = never, unrecorded = never, recorded = never;
  const auto keep_best = [&](double& best, const Schedule& schedule) {
    RunControl control;
    const auto ignore = [](std::size_t, const RecordedTally&) {};
    best = std::min(best, seconds_of([&] { engine.run(cell, schedule, ignore, control); }));
  };
  timed_rounds(rounds, most_seconds, [&] {
    keep_best(one_step, none);
    keep_best(unrecorded, ends);
    keep_best(recorded, every);
  });
  // These times are without what every run starts and ends with. On a busy machine differences may come out at nothing.
  constexpr double least = 1e-9;
  const double step = std::max((unrecorded - one_step) / (unrecorded_steps - 1.0), least);
  const double record = std::max((recorded - one_step) / (recorded_steps - 1.0) - step, least);
  return {static_cast<double>(networks) / record, record / step, step / (step + record)};
}

}  // namespace logmargin
