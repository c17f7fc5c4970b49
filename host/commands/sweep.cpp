#include "host/commands/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "host/cli/recording_options.hpp"
#include "host/cli/standard_streams.hpp"
#include "host/cli/weights_options.hpp"
#include "host/commands/trial_lists.hpp"
#include "host/engine/cpu/lanes/simd_dispatch.hpp"
#include "host/engine/cuda/nvidia_device.hpp"
#include "host/engine/device.hpp"
#include "host/error.hpp"
#include "host/input/weights_file.hpp"
#include "host/results/files/results_config.hpp"
#include "host/run/mpi/rank_options.hpp"
#include "host/run/mpi/ranks_engine.hpp"
#include "host/run/mpi/worker_loop.hpp"
#include "host/run/run_cells.hpp"
#include "host/run/saved/destination.hpp"

namespace logmargin {

namespace {

/// Request is what the command line asks of this process.
struct Request {
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  LongRun long_run;
  PreparedRun run;  ///< its cells still to be prepared
  Presentation presentation;
  unsigned threads = 1;
  std::string device;
  std::string device_note;  ///< why no GPU is used where one could be
  bool bias_given = false;
};

Request read_request(const ParsedOptions& options, const RankLink& link) {
  Request request;
  request.long_run = read_long_run(options);
  require_place_for_trial_lists(options);
  require_options_for_ranks(options, link);
  request.run.experiment = read_experiment(options);
  if (const auto file = weights_file(options)) take_weights(options, request.run.experiment, open_weights(*file));
  request.run.schedule = make_schedule(request.run.experiment.steps, request.run.experiment.record);
  request.presentation = read_presentation(options);
  request.run.trajectory_columns = request.presentation.trajectories;
  const TrialRange range = request.long_run.shard.value_or(Shard{}).range_of(request.run.experiment.trials);
  const std::string size = size_of_trajectories(request.run, request.presentation, range.trials);
  if (!size.empty() && !request.presentation.quiet && link.rank() == 0) complain(size);
  request.threads = read_threads_of_rank(options, link);
  request.device = device_of_rank(options, link, [&](const std::string& why) { request.device_note = why; });
  request.bias_given = options.given("bias");
  return request;
}

/// Makes the engine that is asked for. Where it cannot list trials and the run has to, it makes the CPU's instead: the
/// numbers are the same.
std::unique_ptr<Engine> make_own_engine(Request& request, bool tells) {
  std::unique_ptr<Engine> engine =
      make_engine(request.device, request.threads, [&](const std::string& why) { request.device_note = why; });
  if (request.presentation.trial_lists().empty() || engine->supports_trial_output()) return engine;
  if (tells) {
    complain(fmt::format("--{}: the CPU runs this sweep, with the same results; GPUs list no trials",
                         request.presentation.trials_out ? "trials-out" : "trajectories"));
  }
  return make_engine("cpu", request.threads);
}

/// Sweep is one process's part of a sweep: the only one, rank 0, or a rank that trains what rank 0 orders.
class Sweep {
 public:
  Sweep(Request& request, RankMember& member)
      : request_(request),
        run_(request.run),
        member_(member),
        own_engine_(make_own_engine(request, member.link().rank() == 0)),
        ranks_engine_(member, *own_engine_),
        engine_(member.alone() ? *own_engine_ : ranks_engine_),
        shard_(request.long_run.shard.value_or(Shard{})),
        range_(shard_.range_of(request.run.experiment.trials)),
        head_{TallyFileKind::shard,  program_facts(), config_json(request.run.experiment, request.presentation), shard_,
              engine_.description(), request.threads},
        watch_(control_, shown_steps()) {
    control_.processes = link().count();
    seconds_before_watch_ =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - request.start).count() - watch_.seconds();
    if (!request.presentation.trial_lists().empty()) {
      rows_.emplace(run_.experiment, run_.schedule, run_.trajectory_columns);
    }
    say_what_pytorch_leaves_out();
    say_which_rows_are_left();
    // All shards and ranks together have that many threads; where that is too few, rank 0 says so.
    const unsigned all_threads = is_rank_0() ? request.threads * link().count() * static_cast<unsigned>(shard_.count)
                                             : std::numeric_limits<unsigned>::max();
    run_.prepare_cells(all_threads, control_);
    const std::string left_to_cpu = cells_left_to_processors(*own_engine_, run_.cells);
    if (is_rank_0() && !left_to_cpu.empty()) complain(left_to_cpu);
  }

  bool is_rank_0() const { return link().rank() == 0; }
  const TallyFileHead& head() const { return head_; }
  const TrialRange& range() const { return range_; }
  /// Returns what is listed of a trial, or nothing.
  const TrialRows* rows() const { return rows_ ? &*rows_ : nullptr; }
  RunFacts facts() const {
    return {0.0, run_.network_steps(run_.experiment.trials), head_.device, request_.threads, 0.0, leap_check_};
  }
  const std::atomic<int>& stop_signal() const { return control_.stop_signal; }

  /// Follows the orders of rank 0, as a rank above 0 does.
  void follow_rank_0() { worker_loop(member_, agreed(), {run_.cells, run_.schedule, *own_engine_, control_, rows()}); }

  void check() {
    member_.await_ready(agreed(), control_);
    leap_check_ = check_stepping(run_, control_);
    run_.keep(range_);
  }

  /// Trains all cells into the output, and returns how long that took. Throws Interrupted, TimeIsUp.
  RunFacts train(Destination& destination, RunOutput& output) {
    const CellWork work = {run_, engine_, control_, output.trials()};
    RunFacts facts = this->facts();
    if (request_.long_run.saves()) {
      facts.seconds = train_and_save(work, destination.checkpoint(), output.tallies());
    } else {
      run_cells(work, output.tallies());
      facts.seconds = watch_.seconds();
      control_.throw_if_stop_requested();
    }
    facts.steps_computed = control_.steps_computed;
    return facts;
  }

  void say_complete(Destination& destination) const {
    complain(fmt::format("the results in '{}' are complete; there is nothing to resume", *request_.presentation.out));
    if (!request_.long_run.shard) complete_report(destination.folder()->path(), control_.stop_signal);
  }

  /// Says why no GPU is used, where there is one.
  void tell_of_gpus() const {
    const Presentation& how = request_.presentation;
    const bool tells = how.verbose || (!how.json && !how.quiet && has_nvidia_device());
    if (tells && !request_.device_note.empty()) complain(request_.device_note);
  }

 private:
  const RankLink& link() const { return member_.link(); }

  /// Returns what all ranks have to agree on.
  std::string agreed() const {
    std::string lists;
    for (const std::string& name : request_.presentation.trial_lists()) lists += name;
    return program_facts().dump() + results_config(head_.config) + lists + text_of(run_.trajectory_columns);
  }

  double shown_steps() const {
    if (!is_rank_0() || request_.presentation.quiet) return 0.0;
    return static_cast<double>(run_.experiment.cell_count()) * run_.experiment.steps *
           static_cast<double>(range_.trials);
  }

  /// Says that PyTorch draws biases too, where the default of --bias leaves them out.
  void say_what_pytorch_leaves_out() const {
    const std::vector<std::string>& laws = run_.experiment.axes.init;
    const bool asked = std::find(laws.begin(), laws.end(), "pytorch") != laws.end();
    if (!asked || request_.bias_given || request_.presentation.quiet || !is_rank_0()) return;
    complain(
        "--init pytorch draws the weights as PyTorch's Linear does, and --bias zero leaves out its biases; --bias "
        "matched draws them too, --bias zero given says this no more");
  }

  /// Says that a file of weights has more rows than there are trials.
  void say_which_rows_are_left() const {
    const Experiment& experiment = run_.experiment;
    if (!experiment.weights || experiment.weights->rows() == experiment.trials) return;
    if (request_.presentation.quiet || !is_rank_0()) return;
    complain(fmt::format("--trials: the first {} of the {} rows of --theta are trained", experiment.trials,
                         experiment.weights->rows()));
  }

  double train_and_save(const CellWork& work, CheckpointFolder& checkpoint, TallySink& sink) {
    SavedRun saved = checkpoint.holds_checkpoint() ? checkpoint.load(sink, work.trials) : SavedRun{};
    watch_.leave_out(run_.experiment.steps *
                     (static_cast<double>(saved.cells_done) * static_cast<double>(range_.trials) +
                      static_cast<double>(saved.trials_done)));
    constexpr double never = std::numeric_limits<double>::infinity();
    const LongRun& long_run = request_.long_run;
    const SavePlan plan = {long_run.checkpoint_every.value_or(never),
                           long_run.max_time ? *long_run.max_time - seconds_before_watch_ : never,
                           lane_block * request_.threads * link().count(), leap_check_};
    return run_cells(work, sink, std::move(saved), plan, checkpoint, watch_);
  }

  const Request& request_;
  PreparedRun& run_;
  RankMember& member_;
  std::unique_ptr<Engine> own_engine_;
  RanksEngine ranks_engine_;
  Engine& engine_;
  Shard shard_;
  TrialRange range_;
  TallyFileHead head_;
  std::optional<TrialRows> rows_;
  RunControl control_;
  RunWatch watch_;
  double seconds_before_watch_ = 0.0;
  LeapCheck leap_check_;
};

std::unique_ptr<RunOutput> make_output(const Request& request, const Sweep& sweep, OutputFolder* folder) {
  if (request.long_run.shard) {
    return std::make_unique<ShardOutput>(sweep.head(), sweep.range(), request.presentation.quiet, *folder,
                                         sweep.rows());
  }
  return std::make_unique<ResultsOutput>(request.run.experiment, request.run.schedule, sweep.head().config,
                                         request.presentation, sweep.facts(), folder, sweep.rows());
}

}  // namespace

void sweep_command(const ParsedOptions& options, RankMember& member) {
  Request request = read_request(options, member.link());
  Sweep sweep(request, member);
  if (!sweep.is_rank_0()) return sweep.follow_rank_0();
  sweep.check();
  Destination destination(request.presentation, request.long_run, sweep.head(), sweep.range(), request.run.experiment,
                          request.run.schedule, sweep.rows());
  if (destination.complete()) return sweep.say_complete(destination);
  const std::unique_ptr<RunOutput> output = make_output(request, sweep, destination.folder());
  const RunFacts facts = sweep.train(destination, *output);
  output->publish(facts);
  // Whatever becomes of their report, --resume need not write the results again.
  destination.clear_checkpoint();
  output->show(facts, sweep.stop_signal());
  sweep.tell_of_gpus();
}

}  // namespace logmargin
