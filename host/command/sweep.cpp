#include "host/command/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "host/command/cell_loop.hpp"
#include "host/command/checkpoint_folder.hpp"
#include "host/command/earlier_run.hpp"
#include "host/command/long_run_options.hpp"
#include "host/command/plan_options.hpp"
#include "host/command/rank_options.hpp"
#include "host/command/results.hpp"
#include "host/command/run_watch.hpp"
#include "host/command/standard_streams.hpp"
#include "host/engine/device.hpp"
#include "host/engine/lane_kernels.hpp"
#include "host/engine/nvidia_device.hpp"
#include "host/engine/reach.hpp"
#include "host/error.hpp"
#include "host/output/folder_lock.hpp"
#include "host/output/leftovers.hpp"
#include "host/output/results_config.hpp"
#include "host/output/tally_file.hpp"
#include "host/output/trials_file.hpp"
#include "host/plan/number.hpp"
#include "host/ranks/ranks_engine.hpp"
#include "host/ranks/serve.hpp"

namespace logmargin {

namespace {

/// So many networks from a run's first cells are followed twice: in lockstep too where they leap, else from a start
/// that differs in the last place.
constexpr std::size_t checked_networks = 64;
constexpr std::size_t checked_cells = 64;

/// Every cell's work, with all of the plan's trials. Throws UsageError where one is out of reach, before any has begun.
std::vector<CellRun> cell_runs(const Plan& plan, const std::vector<Cell>& cells, unsigned threads,
                               const RunControl& control) {
  std::vector<CellRun> runs;
  for (const Cell& cell : cells) {
    const ParameterLaw weights = weight_law(cell.init, cell.dim);
    CellRun run = {cell.problem(), {weights, bias_law(cell.bias, weights)},
                   plan.seed,      0,
                   plan.trials,    plan.precision,
                   plan.stepping,  plan.threshold_values()};
    run.directions = cell.directions();
    runs.push_back(within_reach(run, plan.steps, threads, control));
    runs.back().index = runs.size() - 1;
  }
  return runs;
}

/// The engine asked for or, where that one cannot list trials and the run has to, the CPU's: the numbers are the same.
std::unique_ptr<Engine> engine_for(const ParsedOptions& options, const RankLink& link, unsigned threads,
                                   const FallbackNote& note) {
  std::unique_ptr<Engine> engine = make_engine(device_of_rank(options, link, note), threads, note);
  if (!options.flag("trials-out") || engine->lists_trials()) return engine;
  complain("--trials-out: the CPU runs this sweep, with the same results; GPUs list no trials");
  return make_engine("cpu", threads);
}

/// Before anything starts.
void require_place_for_trials(const ParsedOptions& options, const LongRun& long_run) {
  if (!options.flag("trials-out")) return;
  require_trials_file();
  if (!options.given("out")) {
    throw UsageError("--trials-out: trials.h5 is written into the folder of --out DIR, which is missing here");
  }
  if (long_run.saves() || long_run.shard) {
    throw UsageError(
        "--trials-out: trials.h5 is written in one go; it is not allowed with --checkpoint-every, --resume, --max-time "
        "or --shard");
  }
}

/// PyTorch draws biases too; the default of --bias does not.
void say_what_pytorch_leaves_out(const ParsedOptions& options, const Plan& plan, const RankLink& link) {
  const std::vector<std::string>& laws = plan.axes.init;
  const bool asked = std::find(laws.begin(), laws.end(), "pytorch") != laws.end();
  if (!asked || options.given("bias") || options.flag("quiet") || link.rank() > 0) return;
  fmt::print(stderr,
             "logmargin: --init pytorch draws the weights as PyTorch's Linear does, and --bias zero leaves out its "
             "biases; --bias matched draws them too, --bias zero given says this no more\n");
}

/// The same networks, however the run is cut into shards and attempts.
LeapCheck check_first_cells(const std::vector<CellRun>& runs, double horizon, RunControl& control) {
  LeapCheck check;
  for (std::size_t i = 0; i < std::min(checked_cells, runs.size()); ++i) {
    const std::size_t networks = checked_networks / std::min(checked_cells, runs.size());
    if (runs[i].stepping.leaps()) {
      check_leaps(runs[i], horizon, networks, control, check);
    } else if (takes_steps(runs[i].problem.method) && runs[i].precision == Precision::in_double) {
      check_sensitivity(runs[i], horizon, networks, control, check.sensitivity);
    }
  }
  return check;
}

/// Where the run's files go: nowhere, a folder of results, or a folder of a shard's file.
class Destination {
 public:
  /// Throws UsageError and FileError as OutputFolder does, and where --resume finds what it cannot continue.
  Destination(const ParsedOptions& options, const LongRun& long_run, const TallyFileHead& head, TrialRange range,
              const Plan& plan, const std::vector<Cell>& cells, const Schedule& schedule)
      : names_(long_run.shard ? std::vector<std::string>{shard_file_name(*long_run.shard)} : Results::file_names()) {
    if (!options.given("out")) return;
    const std::string out = options.text("out");
    const bool force = options.flag("force");
    checkpoint_.emplace(out, head, range, plan, cells, schedule);
    if (checkpoint_->holds_checkpoint() && !long_run.resume && !force) {
      reject("--out", out, "it holds the checkpoint of a run; --resume continues that, --force begins anew");
    }
    // A folder that holds only what a killed run left is an empty one. Where there is none there is nothing to lock.
    lock_.emplace(out);
    remove_leftovers(out);
    if (!checkpoint_->holds_checkpoint()) checkpoint_->clear();
    folder_.emplace(out, force || long_run.resume);
    lock_.emplace(folder_->path());
    if (!long_run.saves()) return;
    if (!long_run.resume) {
      checkpoint_->clear();
    } else if (!checkpoint_->holds_checkpoint()) {
      complete_ = complete_already(folder_->path(), names_, head, force);
    }
    checkpoint_->remove_leftovers();
  }

  OutputFolder* folder() { return folder_ ? &*folder_ : nullptr; }
  CheckpointFolder& checkpoint() { return *checkpoint_; }
  /// Returns whether an earlier run with these options is complete; then nothing is to be done.
  bool complete() const { return complete_; }
  /// Once the results have their names the checkpoint is of no use.
  void clear_checkpoint() {
    if (checkpoint_) checkpoint_->clear();
  }

 private:
  std::vector<std::string> names_;
  std::optional<CheckpointFolder> checkpoint_;
  std::optional<OutputFolder> folder_;
  std::optional<FolderLock> lock_;
  bool complete_ = false;
};

}  // namespace

void sweep_command(const ParsedOptions& options, RankMember& member) {
  const auto start = std::chrono::steady_clock::now();
  const LongRun long_run = read_long_run(options);
  require_place_for_trials(options, long_run);
  const RankLink& link = member.link();
  require_options_for_ranks(options, link);
  const Plan plan = read_plan(options);
  const Schedule schedule = make_schedule(plan.steps, plan.record);
  const std::vector<Cell> cells = plan.cells();
  const unsigned threads = read_threads_of_rank(options, link);
  std::string device_note;
  const std::unique_ptr<Engine> own_engine =
      engine_for(options, link, threads, [&](const std::string& reason) { device_note = reason; });
  RanksEngine ranks_engine(member, *own_engine);
  Engine& engine = member.alone() ? *own_engine : ranks_engine;
  const nlohmann::ordered_json config = config_json(plan, options);
  say_what_pytorch_leaves_out(options, plan, link);
  RunFacts facts = {0.0, 0.0, engine.description(), threads, options.text("stepping"), 0.0, {}};

  const Shard shard = long_run.shard.value_or(Shard{});
  const TrialRange range = shard.range_of(plan.trials);
  const TallyFileHead head = {TallyFileKind::shard, program_facts(), config, shard, facts.device, threads};
  const double steps_a_trial = static_cast<double>(cells.size()) * plan.steps;
  facts.network_steps = steps_a_trial * static_cast<double>(plan.trials);
  RunControl control;
  control.processes = link.count();
  const bool shows_progress = link.rank() == 0 && !options.flag("quiet");
  RunWatch watch(control, shows_progress ? steps_a_trial * static_cast<double>(range.trials) : 0.0);
  const double seconds_before_watch =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() - watch.seconds();
  // All shards and ranks together have that many threads; where that is too few, rank 0 says so.
  const unsigned all_threads = link.rank() > 0 ? std::numeric_limits<unsigned>::max()
                                               : threads * link.count() * static_cast<unsigned>(shard.count);
  std::vector<CellRun> runs = cell_runs(plan, cells, all_threads, control);
  const std::string left_to_cpu = cells_left_to_processors(*own_engine, runs);
  if (link.rank() == 0 && !left_to_cpu.empty()) complain(left_to_cpu);
  const std::string agreed = program_facts().dump() + results_config(config);
  if (link.rank() > 0) {
    serve(member, agreed, {runs, schedule, *own_engine, control});
    return;
  }
  member.await_ready(agreed, control);
  facts.leap_check = check_first_cells(runs, schedule.horizon, control);
  for (CellRun& run : runs) {
    run.first_trial = range.first;
    run.trials = range.trials;
  }

  Destination destination(options, long_run, head, range, plan, cells, schedule);
  if (destination.complete()) {
    complain(fmt::format("the results in '{}' are complete; there is nothing to resume", options.text("out")));
    if (!long_run.shard) complete_report(destination.folder()->path(), control.stop_signal);
    return;
  }
  std::optional<Results> results;
  std::optional<TallyFileWriter> shard_writer;
  if (long_run.shard) {
    shard_writer.emplace(destination.folder()->add_file(shard_file_name(shard)), head, range);
  } else {
    results.emplace(plan, schedule, config, facts, options, destination.folder(), options.flag("trials-out"));
  }
  const std::vector<Writer*> writers = results ? results->writers() : std::vector<Writer*>{&*shard_writer};

  if (results) {
    for (CellRun& run : runs) run.trial_sink = results->trials();
  }
  const CellWork work = {cells, runs, schedule, engine, control};
  if (long_run.saves()) {
    CheckpointFolder& checkpoint = destination.checkpoint();
    SavedRun saved = checkpoint.holds_checkpoint() ? checkpoint.load(writers) : SavedRun{};
    watch.leave_out(plan.steps * (static_cast<double>(saved.cells_done) * static_cast<double>(range.trials) +
                                  static_cast<double>(saved.trials_done)));
    constexpr double never = std::numeric_limits<double>::infinity();
    const SavePlan save_plan = {long_run.checkpoint_every.value_or(never),
                                long_run.max_time ? *long_run.max_time - seconds_before_watch : never,
                                lane_block * threads * link.count(), facts.leap_check};
    facts.seconds = run_cells(work, writers, std::move(saved), save_plan, checkpoint, watch);
  } else {
    run_cells(work, writers);
    facts.seconds = watch.seconds();
    if (const int signal = control.stop_signal) throw Interrupted(signal);
  }
  facts.steps_computed = control.steps_computed;

  if (results) {
    results->publish(facts);
    // Whatever becomes of their report, --resume need not write them again.
    destination.clear_checkpoint();
    results->show(facts, control.stop_signal);
  } else {
    shard_writer->finish({facts.seconds, facts.steps_computed, facts.leap_check});
    destination.folder()->publish();
    destination.clear_checkpoint();
    if (!options.flag("quiet")) {
      fmt::print("wrote {} to {}; logmargin merge adds the shards up\n", shard_file_name(shard), options.text("out"));
    }
  }
  // Where there is no GPU nobody misses one.
  const bool tells_of_gpus =
      options.flag("verbose") || (!options.flag("json") && !options.flag("quiet") && has_nvidia_device());
  if (tells_of_gpus && !device_note.empty()) complain(device_note);
}

}  // namespace logmargin
