#include "host/command/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>

#include "host/command/plan_options.hpp"
#include "host/command/run_watch.hpp"
#include "host/engine/device.hpp"
#include "host/engine/reach.hpp"
#include "host/error.hpp"
#include "host/output/cells_csv.hpp"
#include "host/output/histograms_csv.hpp"
#include "host/output/output_folder.hpp"
#include "host/output/summary_json.hpp"
#include "host/output/table.hpp"
#include "host/output/trajectory_csv.hpp"
#include "host/output/trials_file.hpp"
#include "host/plan/number.hpp"
#include "host/report/report.hpp"

namespace logmargin {

namespace {

/// Of every run that leaps, so many networks from its first cells are followed in lockstep too.
constexpr std::size_t checked_networks = 64;
constexpr std::size_t checked_cells = 64;

/// Every cell's work. Throws UsageError where one is out of reach, before any has begun.
std::vector<CellRun> cell_runs(const Plan& plan, unsigned threads, const RunControl& control) {
  std::vector<CellRun> runs;
  for (const Cell& cell : plan.cells()) {
    const ParameterLaw weights = weight_law(cell.init, cell.dim);
    const CellRun run = {cell.problem(), {weights, bias_law(cell.bias, weights)},
                         plan.seed,      0,
                         plan.trials,    plan.precision,
                         plan.stepping,  plan.threshold_values()};
    runs.push_back(within_reach(run, plan.steps, threads, control));
  }
  return runs;
}

/// Runs every cell and feeds the writers and, if any, the sink of trials.
void run_cells(const Plan& plan, const std::vector<CellRun>& runs, const Schedule& schedule, Engine& engine,
               RunControl& control, const std::vector<Writer*>& writers, TrialSink* trials, LeapCheck& check) {
  std::size_t index = 0;
  for (const Cell& cell : plan.cells()) {
    CellRun run = runs[index];
    run.trial_sink = trials;
    if (run.stepping.leaps() && index < checked_cells) {
      check_leaps(run, schedule.horizon, checked_networks / std::min(checked_cells, runs.size()), control, check);
    }
    for (Writer* writer : writers) writer->begin_cell(index, cell);
    const HorizonTally horizon = engine.run(
        run, schedule,
        [&](std::size_t recorded, const CheckpointTally& tally) {
          for (Writer* writer : writers) writer->checkpoint(schedule.times()[recorded].t, tally);
        },
        control);
    for (Writer* writer : writers) writer->end_cell(horizon);
    ++index;
  }
}

/// The engine asked for or, where that one cannot list trials and the run has to, the CPU's: the numbers are the same.
std::unique_ptr<Engine> engine_for(const ParsedOptions& options, unsigned threads, const FallbackNote& note) {
  std::unique_ptr<Engine> engine = make_engine(options.text("device"), threads, note);
  if (!options.flag("trials-out") || engine->lists_trials()) return engine;
  fmt::print(stderr, "logmargin: --trials-out: the CPU runs this sweep, with the same results; GPUs list no trials\n");
  return make_engine("cpu", threads);
}

/// Before anything starts.
void require_place_for_trials(const ParsedOptions& options) {
  if (!options.flag("trials-out")) return;
  require_trials_file();
  if (!options.given("out")) {
    throw UsageError("--trials-out: trials.h5 is written into the folder of --out DIR, which is missing here");
  }
}

/// Steps leapt cost nothing, so that a rate means something in lockstep alone.
std::string closing_lines(const RunFacts& facts) {
  std::string text = fmt::format("\n{:.3g} network-steps in {:.2f} s", facts.network_steps, facts.seconds);
  if (facts.leap_check.networks == 0) {
    text += fmt::format(", {:.3g} a second\n", facts.network_steps / facts.seconds);
  } else {
    text += std::isnan(facts.steps_computed)
                ? ", in lockstep at first, then by leaps\n"
                : fmt::format(", {:.3g} of them in lockstep, the rest by leaps\n", facts.steps_computed);
    text += fmt::format("{} networks followed in lockstep too: at t = {:g} they differ by {:.1e} at most\n",
                        facts.leap_check.networks, facts.leap_check.at_t, facts.leap_check.largest_difference);
  }
  return text + fmt::format("on {}\n", facts.device);
}

/// What became of a report.
struct Reported {
  std::string missing;  ///< of what it should show; empty where it is whole
  std::string failure;  ///< why there is none; empty where there is one
};

Reported report_of(const OutputFolder& folder) {
  try {
    return {write_report(folder.path()), {}};
  } catch (const FileError& error) {
    return {{}, error.what()};
  }
}

}  // namespace

void sweep_command(const ParsedOptions& options) {
  require_place_for_trials(options);
  const Plan plan = read_plan(options);
  const Schedule schedule = make_schedule(plan.steps, plan.record);
  const unsigned threads = read_threads(options);
  std::string device_note;
  const std::unique_ptr<Engine> engine =
      engine_for(options, threads, [&](const std::string& reason) { device_note = reason; });
  const nlohmann::ordered_json config = config_json(plan, options);
  RunFacts facts = {0.0, 0.0, engine->description(), threads, options.text("stepping"), 0.0, {}};

  RunControl control;
  const double total = static_cast<double>(plan.cell_count()) * static_cast<double>(plan.trials) * plan.steps;
  const RunWatch watch(control, total);
  const std::vector<CellRun> runs = cell_runs(plan, threads, control);
  std::optional<OutputFolder> folder;
  std::optional<Spool> spool;
  std::vector<std::unique_ptr<SummaryJson>> summaries;
  std::vector<std::unique_ptr<Writer>> tables;
  std::unique_ptr<TrialsFile> trials;
  std::vector<Writer*> writers;
  const auto add_summary = [&](TextSink& sink) {
    summaries.push_back(std::make_unique<SummaryJson>(sink, config, facts, plan));
    writers.push_back(summaries.back().get());
  };
  if (options.given("out")) {
    folder.emplace(options.text("out"), options.flag("force"));
    add_summary(folder->add_file("summary.json"));
    tables.push_back(std::make_unique<CellsCsv>(folder->add_file("cells.csv"), plan));
    tables.push_back(std::make_unique<TrajectoryCsv>(folder->add_file("trajectory.csv")));
    tables.push_back(std::make_unique<HistogramsCsv>(folder->add_file("histograms.csv"), plan));
    if (options.flag("trials-out")) {
      trials = make_trials_file(folder->add_file("trials.h5"), config, plan, schedule);
      writers.push_back(trials.get());
    }
  }
  if (options.flag("json")) add_summary(spool.emplace());
  Table table(plan, schedule, bar_style_of_stdout());
  const bool print_table = !options.flag("json") && !options.flag("quiet");
  if (print_table) writers.push_back(&table);
  for (const auto& writer : tables) writers.push_back(writer.get());

  run_cells(plan, runs, schedule, *engine, control, writers, trials.get(), facts.leap_check);
  facts.seconds = watch.seconds();
  facts.network_steps = total;
  facts.steps_computed = control.steps_computed;
  for (const auto& summary : summaries) summary->finish(facts);
  if (trials) trials->finish();
  if (const int signal = control.stop_signal) throw Interrupted(signal);
  Reported reported;
  if (folder) {
    folder->publish();
    reported = report_of(*folder);
  }

  if (spool) spool->print();
  if (print_table) {
    fmt::print("logmargin: {} cell{} of {} networks, {:g} steps, seed {}{}\n", plan.cell_count(),
               plan.cell_count() == 1 ? "" : "s", plan.trials, plan.steps, plan.seed,
               plan.precision == Precision::mixed ? ", mixed precision" : "");
    fmt::print("{}{}", table.text(), closing_lines(facts));
    if (folder) {
      fmt::print("wrote {}summary.json, cells.csv, trajectory.csv{} histograms.csv{} to {}\n",
                 reported.failure.empty() ? "report.html, " : "", trials ? "," : " and", trials ? " and trials.h5" : "",
                 options.text("out"));
    }
    if (std::fflush(stdout) != 0) throw FileError(fmt::format("stdout cannot be written: {}", std::strerror(errno)));
    if (!device_note.empty()) fmt::print(stderr, "logmargin: {}\n", device_note);
  }
  if (!reported.missing.empty()) fmt::print(stderr, "logmargin: {}\n", reported.missing);
  if (!reported.failure.empty()) {
    throw FileError(fmt::format("the results are written, their report is not: {}", reported.failure));
  }
}

}  // namespace logmargin
