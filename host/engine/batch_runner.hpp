#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "host/engine/engine.hpp"

namespace logmargin {

/// BatchTrials names neighbouring trials that advance together.
struct BatchTrials {
  std::uint64_t first;
  std::size_t count;
};

/// KeptBatch is a batch that an engine has laid aside between two passes.
class KeptBatch {
 public:
  virtual ~KeptBatch() = default;
};

/// BatchTrainer is what an engine gives one worker: it trains one batch of a cell at a time.
class BatchTrainer {
 public:
  virtual ~BatchTrainer() = default;

  /// Takes up trials before their first step.
  virtual void start(const BatchTrials& trials) = 0;
  /// Lays the batch aside; any trainer of the cell can take it up again.
  virtual std::unique_ptr<KeptBatch> keep() = 0;
  virtual void resume(const BatchTrials& trials, std::unique_ptr<KeptBatch> kept) = 0;

  /// Trains through the recorded t number first ... last - 1 of the schedule and adds what networks show at number r to
  /// tallies[r - first]. The batch stands at number first - 1, or at t = 0. rows: where the cell has trajectory
  /// columns, else null, it adds for every r and then for every column the values of all networks, NaN for a gap or
  /// margin of a misclassified one. Throws Interrupted when control asks.
  virtual void train(std::size_t first, std::size_t last, std::vector<RecordedTally>& tallies,
                     std::vector<double>* rows, RunControl& control) = 0;

  /// Adds the networks as they stand at the horizon. records: where they are listed, else null; see
  /// Engine::supports_trial_output.
  virtual void finish(HorizonTally& tally, std::vector<TrialRecord>* records) = 0;
};

/// BatchLayout says how an engine cuts a cell into batches.
struct BatchLayout {
  std::size_t networks;           ///< of a batch, but for the last; at least 1
  std::size_t bytes_per_network;  ///< of a batch that is laid aside
  unsigned workers;               ///< threads, as many as have a trainer; at least 1
};

/// TrainerFactory makes the trainer of worker number w. It is called once for each worker that there is a batch for, by
/// one thread.
using TrainerFactory = std::function<std::unique_ptr<BatchTrainer>(unsigned w)>;

/// Trains a cell for any engine: its batches through one pass over the recorded t or several, handed out to the
/// workers, whose tallies are added up. Throws what a trainer or a sink throws, Interrupted among it.
HorizonTally run_batches(const CellRun& cell, const Schedule& schedule, const BatchLayout& layout,
                         const TrainerFactory& make_trainer, const RecordedSink& on_recorded, RunControl& control);

/// PassPlan says how many recorded t are tallied in one pass over the trials, and whether trials stay in memory between
/// passes.
struct PassPlan {
  std::size_t recorded_times_per_pass;
  bool keep_batches;
};

/// Plans a run's passes. One pass over all recorded t needs no more than a batch of networks per worker, but a tally
/// per recorded t and worker; several passes need every network's state, but few tallies. Takes whichever holds less
/// memory, one pass where its tallies fit into the budget. kept_bytes: of a network that is kept.
PassPlan plan_passes(std::size_t recorded_times, std::size_t kept_bytes, std::uint64_t trials, unsigned workers);

}  // namespace logmargin
