#include "host/engine/batch_runner.hpp"

#include <algorithm>
#include <optional>

#include "host/engine/cpu/lanes/simd_dispatch.hpp"
#include "host/engine/cpu/parallel_for.hpp"
#include "host/engine/trials/kept_rows.hpp"
#include "host/engine/trials/reorder_buffer.hpp"

namespace logmargin {

namespace {

/// A tally of widely spread networks takes so much: three histograms of some tens of pages, and three sums.
constexpr std::size_t bytes_per_tally = std::size_t{160} * 1024;
constexpr std::size_t tally_budget = std::size_t{256} << 20;
/// So many batches of a worker may be finished before their turn to be listed has come: some 10 MiB, or as many with
/// trajectories as take most_bytes_ahead.
constexpr std::size_t most_blocks_ahead = 32;
constexpr std::size_t most_bytes_ahead = std::size_t{32} << 20;
/// A batch's trajectories take no more, unless one network's do.
constexpr std::size_t most_trajectory_bytes = std::size_t{4} << 20;

/// Returns the bytes of a network's trajectory.
std::size_t trajectory_bytes(const CellRun& cell, const Schedule& schedule) {
  return sizeof(double) * cell.trajectory_columns.size() * schedule.times().size();
}

/// Returns the number of networks of a batch, with trajectories fewer than the engine wants.
std::size_t networks_per_batch(std::size_t wanted, std::size_t bytes_of_trajectory) {
  if (bytes_of_trajectory == 0) return wanted;
  const std::size_t fitting = most_trajectory_bytes / bytes_of_trajectory;
  // A batch fills lanes where it can.
  const std::size_t whole_blocks = fitting >= lane_block ? fitting / lane_block * lane_block : fitting;
  return std::clamp<std::size_t>(whole_blocks, 1, wanted);
}

/// Returns the number of finished batches of a worker that may wait to be listed.
std::size_t blocks_ahead(std::size_t bytes_of_batch) {
  return std::clamp<std::size_t>(most_bytes_ahead / std::max<std::size_t>(1, bytes_of_batch), 1, most_blocks_ahead);
}

/// Gives every record its trajectory, where rows are those of the batch at all recorded t, as train adds them.
void put_trajectories(const std::vector<double>& rows, std::size_t columns, std::vector<TrialRecord>& records) {
  const std::size_t networks = records.size();
  const std::size_t times = rows.size() / (columns * networks);
  for (std::size_t i = 0; i < networks; ++i) {
    records[i].trajectory.reserve(columns * times);
    for (std::size_t c = 0; c < columns; ++c) {
      for (std::size_t r = 0; r < times; ++r) {
        records[i].trajectory.push_back(rows[(r * columns + c) * networks + i]);
      }
    }
  }
}

/// Worker holds a worker's trainer and what it has counted.
struct Worker {
  std::unique_ptr<BatchTrainer> trainer;
  HorizonTally horizon;
  std::vector<RecordedTally> recorded;  ///< of the pass
  std::vector<double> rows;             ///< of the batch in that pass
};

}  // namespace

HorizonTally run_batches(const CellRun& cell, const Schedule& schedule, const BatchLayout& layout,
                         const TrainerFactory& make_trainer, const RecordedSink& on_recorded, RunControl& control) {
  const std::size_t recorded = schedule.times().size();
  const std::size_t columns = cell.trajectory_columns.size();
  const std::size_t networks = networks_per_batch(layout.networks, trajectory_bytes(cell, schedule));
  const auto batches = static_cast<std::size_t>((cell.trials + networks - 1) / networks);
  const auto count = static_cast<unsigned>(std::clamp<std::size_t>(batches, 1, layout.workers));
  const PassPlan plan = plan_passes(recorded, layout.bytes_per_network, cell.trials, count);

  std::vector<Worker> workers;
  for (unsigned w = 0; w < count; ++w) {
    workers.push_back({make_trainer(w), HorizonTally(schedule.fits.size(), cell.thresholds.size()), {}, {}});
  }
  std::vector<std::unique_ptr<KeptBatch>> kept(plan.keep_batches ? batches : 0);
  const bool puts_rows_aside = columns > 0 && cell.trajectory_sink == nullptr;
  KeptRows kept_rows(puts_rows_aside && plan.keep_batches ? batches : 0);
  std::optional<ReorderBuffer> listed;
  if (cell.trial_sink != nullptr) {
    listed.emplace(*cell.trial_sink,
                   blocks_ahead(networks * trajectory_bytes(cell, schedule)) * static_cast<std::size_t>(count));
  }

  for (std::size_t first = 0; first < recorded; first += plan.recorded_times_per_pass) {
    const std::size_t last = std::min(recorded, first + plan.recorded_times_per_pass);
    for (Worker& worker : workers) worker.recorded.assign(last - first, RecordedTally());
    const auto train = [&](Worker& worker, std::size_t b) {
      const std::uint64_t before = static_cast<std::uint64_t>(b) * networks;
      const BatchTrials trials = {cell.first_trial + before,
                                  static_cast<std::size_t>(std::min<std::uint64_t>(networks, cell.trials - before))};
      BatchTrainer& trainer = *worker.trainer;
      if (first > 0) {
        trainer.resume(trials, std::move(kept[b]));
      } else {
        trainer.start(trials);
      }
      std::vector<double>& rows = worker.rows;
      rows.clear();
      trainer.train(first, last, worker.recorded, columns > 0 ? &rows : nullptr, control);
      if (cell.trajectory_sink != nullptr) cell.trajectory_sink->take(before, trials.count, first, rows);
      if (puts_rows_aside && plan.keep_batches) kept_rows.keep(b, rows);
      if (last < recorded) {
        kept[b] = trainer.keep();
      } else if (listed) {
        std::vector<TrialRecord> records;
        trainer.finish(worker.horizon, &records);
        if (puts_rows_aside) put_trajectories(plan.keep_batches ? kept_rows.of_batch(b) : rows, columns, records);
        std::vector<double> listed_rows;
        for (const TrialRecord& record : records) cell.trial_sink->append_row(record, listed_rows);
        listed->push(b, std::move(listed_rows));
      } else {
        trainer.finish(worker.horizon, nullptr);
      }
    };
    parallel_for(count, batches, [&](unsigned w, std::size_t b) {
      try {
        train(workers[w], b);
      } catch (...) {
        // Without this, the threads that wait for this batch's turn would wait without end.
        if (listed) listed->cancel();
        throw;
      }
    });
    for (std::size_t r = first; r < last; ++r) {
      RecordedTally& sum = workers[0].recorded[r - first];
      for (unsigned w = 1; w < count; ++w) sum += workers[w].recorded[r - first];
      on_recorded(r, sum);
    }
  }
  for (unsigned w = 1; w < count; ++w) workers[0].horizon += workers[w].horizon;
  return std::move(workers[0].horizon);
}

PassPlan plan_passes(std::size_t recorded_times, std::size_t kept_bytes, std::uint64_t trials, unsigned workers) {
  const std::size_t bytes_per_time = bytes_per_tally * workers;
  const double one_pass = static_cast<double>(bytes_per_time) * static_cast<double>(recorded_times);
  const double kept_batches = static_cast<double>(kept_bytes) * static_cast<double>(trials);
  if (one_pass <= static_cast<double>(tally_budget) || one_pass <= kept_batches) return {recorded_times, false};
  return {std::max<std::size_t>(1, tally_budget / bytes_per_time), true};
}

}  // namespace logmargin
