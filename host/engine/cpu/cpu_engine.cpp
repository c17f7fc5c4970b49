#include "host/engine/cpu/cpu_engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "host/engine/batch_runner.hpp"
#include "host/engine/cpu/batch.hpp"

namespace logmargin {

namespace {

/// CpuTrainer trains batches whose states are kept in Numbers.
template <class Number>
class CpuTrainer final : public BatchTrainer {
 public:
  CpuTrainer(const SimdDispatchTable& kernels, const CellRun& cell, const Schedule& schedule, std::size_t most_networks)
      : kernels_(kernels), cell_(cell), schedule_(schedule), scratch_(most_networks) {}

  void start(const BatchTrials& trials) override {
    first_trial_ = trials.first;
    batch_.emplace(cell_.problem, cell_.stepping, initial_networks(kernels_, cell_, trials.first, trials.count),
                   schedule_.fits.size());
  }
  std::unique_ptr<KeptBatch> keep() override { return std::make_unique<Kept>(std::move(*batch_)); }
  void resume(const BatchTrials& trials, std::unique_ptr<KeptBatch> kept) override {
    first_trial_ = trials.first;
    batch_.emplace(std::move(static_cast<Kept&>(*kept).batch));
  }

  void train(std::size_t first, std::size_t last, std::vector<RecordedTally>& tallies, std::vector<double>* rows,
             RunControl& control) override {
    for (std::size_t r = first; r < last; ++r) {
      batch_->advance(kernels_, schedule_, r, scratch_, control);
      batch_->observe(kernels_, schedule_, r, scratch_);
      batch_->tally(scratch_, cell_.statistics, tallies[r - first]);
      if (rows != nullptr) batch_->add_rows(scratch_, cell_.trajectory_columns, *rows);
    }
  }

  void finish(HorizonTally& tally, std::vector<TrialRecord>* records) override {
    if (records == nullptr) {
      batch_->finish(kernels_, schedule_, cell_.thresholds, tally);
    } else {
      *records = batch_->finish_with_records(kernels_, schedule_, cell_, first_trial_, scratch_, tally);
    }
  }

 private:
  struct Kept final : KeptBatch {
    explicit Kept(BatchOf<Number>&& from) : batch(std::move(from)) {}
    BatchOf<Number> batch;
  };

  const SimdDispatchTable& kernels_;
  const CellRun& cell_;
  const Schedule& schedule_;
  BatchScratchOf<Number> scratch_;
  std::uint64_t first_trial_ = 0;
  std::optional<BatchOf<Number>> batch_;
};

class CpuEngine final : public Engine {
 public:
  CpuEngine(const SimdDispatchTable& kernels, unsigned threads) : kernels_(kernels), threads_(threads) {}

  std::string description() const override {
    return fmt::format("cpu ({}, {} lane{}, {} thread{})", kernels_.name, kernels_.lanes,
                       kernels_.lanes == 1 ? "" : "s", threads_, threads_ == 1 ? "" : "s");
  }

  bool supports_trial_output() const override { return true; }

  HorizonTally run(const CellRun& cell, const Schedule& schedule, const RecordedSink& on_recorded,
                   RunControl& control) override {
    return cell.precision == Precision::mixed ? run_kept_in<Pair<float>>(cell, schedule, on_recorded, control)
                                              : run_kept_in<double>(cell, schedule, on_recorded, control);
  }

 private:
  template <class Number>
  HorizonTally run_kept_in(const CellRun& cell, const Schedule& schedule, const RecordedSink& on_recorded,
                           RunControl& control) const {
    const BatchLayout layout = {batch_networks(cell.trials), BatchOf<Number>::bytes_per_network(cell.problem),
                                threads_};
    const auto make_trainer = [&](unsigned) {
      return std::make_unique<CpuTrainer<Number>>(kernels_, cell, schedule, layout.networks);
    };
    return run_batches(cell, schedule, layout, make_trainer, on_recorded, control);
  }

  /// Returns the number of networks of a batch. Each thread gets several batches, so that threads finish together.
  std::size_t batch_networks(std::uint64_t trials) const {
    const std::uint64_t even_share = trials / (std::uint64_t{8} * threads_) + 1;
    const std::uint64_t blocks = (even_share + lane_block - 1) / lane_block;
    return static_cast<std::size_t>(std::min<std::uint64_t>(Batch::most_networks, blocks * lane_block));
  }

  SimdDispatchTable kernels_;
  unsigned threads_;
};

}  // namespace

std::unique_ptr<Engine> make_cpu_engine(const SimdDispatchTable& kernels, unsigned threads) {
  return std::make_unique<CpuEngine>(kernels, threads);
}

}  // namespace logmargin
