#include "host/command/bench_records.hpp"

#include <algorithm>
#include <limits>

#include "host/engine/timed_rounds.hpp"
#include "host/plan/vocabulary.hpp"

namespace logmargin {

RecordThroughput measure_records(Engine& engine) {
  constexpr std::uint64_t networks = 10'000;
  constexpr double steps = 200.0;
  constexpr int rounds = 3;
  constexpr double most_seconds = 4.0;
  const CellRun cell = {make_problem(1.0, -1.0, 0.1), {weight_law("he-normal", 1), {}}, 0, 0, networks};
  const Schedule none = make_schedule(1.0, {RecordRule::Kind::every, 1.0, {}});
  const Schedule ends = make_schedule(steps, {RecordRule::Kind::every, steps, {}});
  const Schedule every = make_schedule(steps, {RecordRule::Kind::every, 1.0, {}});

  constexpr double never = std::numeric_limits<double>::infinity();
  double one_step = never, unrecorded = never, recorded = never;
  const auto keep_best = [&](double& best, const Schedule& schedule) {
    RunControl control;
    const auto ignore = [](std::size_t, const CheckpointTally&) {};
    best = std::min(best, seconds_of([&] { engine.run(cell, schedule, ignore, control); }));
  };
  timed_rounds(rounds, most_seconds, [&] {
    keep_best(one_step, none);
    keep_best(unrecorded, ends);
    keep_best(recorded, every);
  });
  // Without what every run starts and ends with. On a busy machine differences may come out at nothing.
  constexpr double least = 1e-9;
  const double of_steps = std::max(unrecorded - one_step, least);
  const double of_records = std::max(recorded - unrecorded, least);
  return {static_cast<double>(networks) * (steps - 1.0) / of_records, of_records / of_steps,
          of_steps / (of_steps + of_records)};
}

}  // namespace logmargin
