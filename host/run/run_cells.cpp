#include "host/run/run_cells.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/error.hpp"
#include "host/run/saved/block_sizes.hpp"
#include "host/run/trial_spool.hpp"

namespace logmargin {

void run_cells(const CellWork& work, TallySink& sink) {
  const Schedule& schedule = work.run.schedule;
  for (CellRun cell : work.run.cells) {
    cell.trial_sink = work.trials;
    cell.trajectory_sink = work.trajectories;
    sink.begin_cell(cell.index);
    if (cell.trials == 0) {
      // A shard beyond the last trial has cells all the same.
      for (const RecordedTime& time : schedule.times()) sink.recorded(time.t, {});
      sink.end_cell(HorizonTally(schedule.fits.size(), cell.thresholds.size()));
      continue;
    }
    const auto on_recorded = [&](std::size_t index, const RecordedTally& tally) {
      sink.recorded(schedule.times()[index].t, tally);
    };
    sink.end_cell(work.engine.run(cell, schedule, on_recorded, work.control));
  }
}

namespace {

/// SavingLoop is a run that can be stopped between blocks of trials.
class SavingLoop {
 public:
  SavingLoop(const CellWork& work, SavedRun saved, const SavePlan& plan, CheckpointFolder& checkpoint, RunWatch& watch)
      : work_(work),
        plan_(plan),
        checkpoint_(checkpoint),
        watch_(watch),
        sizes_(block_seconds(plan), plan.smallest_block),
        cell_(saved.cells_done),
        trials_(saved.trials_done),
        partial_(std::move(saved.partial)),
        seconds_before_(saved.seconds),
        steps_computed_(saved.steps_computed),
        last_save_(watch.seconds()) {
    work.control.count_computed(saved.steps_computed);
    keep_time_to_save(0.0);
  }

  void run(TallySink& sink) {
    try {
      for (; cell_ < work_.run.cells.size(); ++cell_, trials_ = 0, partial_.reset()) {
        // One that a saved run left was begun as it was loaded.
        if (trials_ == 0) sink.begin_cell(cell_);
        while (trials_ < work_.run.cells[cell_].trials) {
          run_block();
          if (watch_.seconds() - last_save_ >= plan_.every) save();
        }
        if (!partial_) partial_.emplace(checkpoint_.sizes());
        partial_->feed(sink, work_.run.schedule);
        checkpoint_.add_cell(cell_, *partial_);
      }
    } catch (const Interrupted& stop) {
      save();
      tell_how_to_go_on(stop.signal);
    }
  }

  double seconds() const { return seconds_before_ + watch_.seconds(); }

 private:
  /// Returns the seconds of a block, short enough to keep an interval, and to lose little when the time is up.
  static double block_seconds(const SavePlan& plan) {
    constexpr double longest = 1.0;
    constexpr double shortest = 1e-3;
    return std::clamp(std::min(plan.every / 2.0, plan.max_time / 20.0), shortest, longest);
  }

  void run_block() {
    CellRun block = work_.run.cells[cell_];
    // Rows of a block that is given up are dropped with it.
    std::optional<TrialSpool> rows;
    if (work_.trials != nullptr) block.trial_sink = &rows.emplace(work_.trials->layout());
    block.first_trial += trials_;
    block.trials = sizes_.next(block.trials - trials_);
    const double start = watch_.seconds();
    CellTally tally(checkpoint_.sizes());
    tally.horizon = work_.engine.run(
        block, work_.run.schedule,
        [&](std::size_t recorded, const RecordedTally& at) { tally.recorded[recorded] += at; }, work_.control);
    if (rows) {
      rows->feed([&](std::span<const double> some) {
        checkpoint_.add_rows(some);
        work_.trials->take(some);
      });
    }
    sizes_.took(block.trials, watch_.seconds() - start);
    if (partial_) {
      *partial_ += tally;
    } else {
      partial_ = std::move(tally);
    }
    trials_ += block.trials;
    steps_computed_ = work_.control.steps_computed;
    something_new_ = true;
  }

  void save() {
    const double start = watch_.seconds();
    checkpoint_.save(partial_ ? &*partial_ : nullptr, trials_, {seconds(), steps_computed_, plan_.leap_check});
    last_save_ = watch_.seconds();
    keep_time_to_save(last_save_ - start);
  }

  /// Sets when the run stops, so that time is left to save. Engines look for the signal every few tenths of a second;
  /// then the checkpoint is written.
  void keep_time_to_save(double seconds_of_a_save) {
    const double to_stop = std::min(std::clamp(0.1 * plan_.max_time, 0.5, 5.0), 0.5 * plan_.max_time);
    const double reserve = to_stop + 2.0 * seconds_of_a_save;
    watch_.stop_after(plan_.max_time - reserve);
  }

  [[noreturn]] void tell_how_to_go_on(int signal) const {
    const bool time_is_up = signal == RunWatch::time_is_up;
    std::string text = fmt::format("{}; saved: {} of {} cells", time_is_up ? "--max-time is up" : "interrupted", cell_,
                                   work_.run.cells.size());
    if (cell_ < work_.run.cells.size()) {
      text += fmt::format(", {} of {} networks of the next", trials_, work_.run.cells[cell_].trials);
    }
    text += "; the same options and --resume continue";
    if (time_is_up && !something_new_) text += ", with a longer --max-time: no network was finished in this one";
    if (time_is_up) throw TimeIsUp(text);
    throw Interrupted(signal, text);
  }

  const CellWork& work_;
  const SavePlan& plan_;
  CheckpointFolder& checkpoint_;
  RunWatch& watch_;
  BlockSizes sizes_;
  std::size_t cell_;
  std::uint64_t trials_;
  std::optional<CellTally> partial_;
  double seconds_before_;
  double steps_computed_;
  double last_save_;
  bool something_new_ = false;
};

}  // namespace

double run_cells(const CellWork& work, TallySink& sink, SavedRun saved, const SavePlan& plan,
                 CheckpointFolder& checkpoint, RunWatch& watch) {
  SavingLoop loop(work, std::move(saved), plan, checkpoint, watch);
  loop.run(sink);
  return loop.seconds();
}

}  // namespace logmargin
