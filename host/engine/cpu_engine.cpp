#include "host/engine/cpu_engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "host/engine/batch.hpp"
#include "host/engine/over_threads.hpp"
#include "host/engine/trials_in_order.hpp"

namespace logmargin {

namespace {

/// A tally of a wide-spread crowd: three histograms of some tens of pages, and three sums.
constexpr std::size_t bytes_per_tally = std::size_t{160} * 1024;
/// Batches that may be finished before their turn to be listed has come: some 10 MiB a thread.
constexpr std::size_t blocks_ahead_per_worker = 32;
constexpr std::size_t tally_budget = std::size_t{256} << 20;

class CpuEngine final : public Engine {
 public:
  CpuEngine(const LaneKernels& kernels, unsigned threads) : kernels_(kernels), threads_(threads) {}

  std::string description() const override {
    return fmt::format("cpu ({}, {} lane{}, {} thread{})", kernels_.name, kernels_.lanes,
                       kernels_.lanes == 1 ? "" : "s", threads_, threads_ == 1 ? "" : "s");
  }

  bool lists_trials() const override { return true; }

  HorizonTally run(const CellRun& cell, const Schedule& schedule, const CheckpointSink& on_checkpoint,
                   RunControl& control) override {
    return cell.precision == Precision::mixed ? run_kept_in<Pair<float>>(cell, schedule, on_checkpoint, control)
                                              : run_kept_in<double>(cell, schedule, on_checkpoint, control);
  }

 private:
  template <class Number>
  HorizonTally run_kept_in(const CellRun& cell, const Schedule& schedule, const CheckpointSink& on_checkpoint,
                           RunControl& control) const {
    using Batch = BatchOf<Number>;
    const std::size_t batch_size = batch_networks(cell.trials);
    const std::size_t batches = static_cast<std::size_t>((cell.trials + batch_size - 1) / batch_size);
    const auto workers = static_cast<unsigned>(std::min<std::size_t>(threads_, std::max<std::size_t>(batches, 1)));
    const std::size_t recorded = schedule.times().size();
    const PassPlan plan = plan_passes(recorded, Batch::bytes_per_network(cell.problem), cell.trials, workers);

    std::vector<BatchScratchOf<Number>> scratch;
    for (unsigned thread = 0; thread < workers; ++thread) scratch.emplace_back(batch_size);
    std::vector<std::unique_ptr<Batch>> kept(plan.keep_batches ? batches : 0);
    std::optional<TrialsInOrder> listed;
    if (cell.trial_sink != nullptr) listed.emplace(*cell.trial_sink, blocks_ahead_per_worker * workers);
    std::vector<HorizonTally> horizon(workers, HorizonTally(schedule.fits.size(), cell.thresholds.size()));

    for (std::size_t first = 0; first < recorded; first += plan.recorded_times_per_pass) {
      const std::size_t last = std::min(recorded, first + plan.recorded_times_per_pass);
      std::vector<std::vector<CheckpointTally>> tallies(workers, std::vector<CheckpointTally>(last - first));
      const auto train = [&](unsigned thread, std::size_t b) {
        const std::uint64_t start = static_cast<std::uint64_t>(b) * batch_size;
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(batch_size, cell.trials - start));
        std::unique_ptr<Batch> batch =
            plan.keep_batches && first > 0
                ? std::move(kept[b])
                : std::make_unique<Batch>(cell.problem, cell.stepping,
                                          initial_networks(kernels_, cell, cell.first_trial + start, count),
                                          schedule.fits.size());
        for (std::size_t r = first; r < last; ++r) {
          batch->advance(kernels_, schedule, r, scratch[thread], control);
          batch->observe(kernels_, schedule, r, scratch[thread]);
          batch->tally(scratch[thread], tallies[thread][r - first]);
        }
        if (last < recorded) {
          kept[b] = std::move(batch);
        } else if (listed) {
          listed->give(b, batch->finish_with_records(kernels_, schedule, cell, cell.first_trial + start,
                                                     scratch[thread], horizon[thread]));
        } else {
          batch->finish(kernels_, schedule, cell.thresholds, horizon[thread]);
        }
      };
      over_threads(workers, batches, [&](unsigned thread, std::size_t b) {
        try {
          train(thread, b);
        } catch (...) {
          // Else those who wait for this batch's turn would wait for ever.
          if (listed) listed->abandon();
          throw;
        }
      });
      for (std::size_t r = first; r < last; ++r) {
        CheckpointTally& sum = tallies[0][r - first];
        for (unsigned thread = 1; thread < workers; ++thread) sum += tallies[thread][r - first];
        on_checkpoint(r, sum);
      }
    }
    for (unsigned thread = 1; thread < workers; ++thread) horizon[0] += horizon[thread];
    return std::move(horizon[0]);
  }

  /// Several batches a thread, so that threads finish together.
  std::size_t batch_networks(std::uint64_t trials) const {
    const std::uint64_t even_share = trials / (std::uint64_t{8} * threads_) + 1;
    const std::uint64_t blocks = (even_share + lane_block - 1) / lane_block;
    return static_cast<std::size_t>(std::min<std::uint64_t>(Batch::most_networks, blocks * lane_block));
  }

  LaneKernels kernels_;
  unsigned threads_;
};

}  // namespace

PassPlan plan_passes(std::size_t recorded_times, std::size_t kept_bytes, std::uint64_t trials, unsigned threads) {
  const std::size_t bytes_per_time = bytes_per_tally * threads;
  const double one_pass = static_cast<double>(bytes_per_time) * static_cast<double>(recorded_times);
  const double kept_batches = static_cast<double>(kept_bytes) * static_cast<double>(trials);
  if (one_pass <= static_cast<double>(tally_budget) || one_pass <= kept_batches) return {recorded_times, false};
  return {std::max<std::size_t>(1, tally_budget / bytes_per_time), true};
}

std::unique_ptr<Engine> make_cpu_engine(const LaneKernels& kernels, unsigned threads) {
  return std::make_unique<CpuEngine>(kernels, threads);
}

}  // namespace logmargin
