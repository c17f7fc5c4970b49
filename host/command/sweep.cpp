#include "host/command/sweep.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "host/command/plan_options.hpp"
#include "host/command/run_watch.hpp"
#include "host/engine/device.hpp"
#include "host/error.hpp"
#include "host/output/cells_csv.hpp"
#include "host/output/output_folder.hpp"
#include "host/output/summary_json.hpp"
#include "host/output/table.hpp"
#include "host/output/trajectory_csv.hpp"
#include "host/plan/number.hpp"

namespace logmargin {

namespace {

/// Runs every cell and feeds the writers.
void run_cells(const Plan& plan, const Schedule& schedule, Engine& engine, RunControl& control,
               const std::vector<Writer*>& writers) {
  std::size_t index = 0;
  for (const Cell& cell : plan.cells()) {
    const ParameterLaw weights = weight_law(cell.init, cell.dim);
    const CellRun run = {cell.problem(), weights,       bias_law(cell.bias, weights), plan.seed, 0,
                         plan.trials,    plan.precision};
    for (Writer* writer : writers) writer->begin_cell(index, cell);
    const HorizonTally horizon = engine.run(
        run, schedule,
        [&](std::size_t recorded, const CheckpointTally& tally) {
          for (Writer* writer : writers) writer->checkpoint(schedule.times[recorded].t, tally);
        },
        control);
    for (Writer* writer : writers) writer->end_cell(horizon);
    ++index;
  }
}

std::string closing_line(const RunFacts& facts) {
  return fmt::format("\n{:.3g} network-steps in {:.2f} s, {:.3g} a second\non {}\n", facts.network_steps, facts.seconds,
                     facts.network_steps / facts.seconds, facts.device);
}

/// Pairs of floats are stepped on the CPU alone.
std::string device_for(Precision precision, const std::string& device) {
  if (precision == Precision::in_double || device.starts_with("cpu")) return device;
  if (device == "auto") return "cpu";
  reject("--precision", "mixed", fmt::format("with --device {} double is allowed", device));
}

}  // namespace

void sweep_command(const ParsedOptions& options) {
  const Plan plan = read_plan(options);
  const Schedule schedule = make_schedule(plan.steps, plan.record);
  const unsigned threads = read_threads(options);
  std::string device_note;
  const std::unique_ptr<Engine> engine = make_engine(device_for(plan.precision, options.text("device")), threads,
                                                     [&](const std::string& reason) { device_note = reason; });
  const nlohmann::ordered_json config = config_json(plan, options);
  RunFacts facts = {0.0, 0.0, engine->description(), threads};

  RunControl control;
  const double total = static_cast<double>(plan.cell_count()) * static_cast<double>(plan.trials) * plan.steps;
  const RunWatch watch(control, total);
  std::optional<OutputFolder> folder;
  std::optional<Spool> spool;
  std::vector<std::unique_ptr<SummaryJson>> summaries;
  std::vector<std::unique_ptr<Writer>> tables;
  std::vector<Writer*> writers;
  const auto add_summary = [&](TextSink& sink) {
    summaries.push_back(std::make_unique<SummaryJson>(sink, config, facts, plan.trials));
    writers.push_back(summaries.back().get());
  };
  if (options.given("out")) {
    folder.emplace(options.text("out"), options.flag("force"));
    add_summary(folder->add_file("summary.json"));
    tables.push_back(std::make_unique<CellsCsv>(folder->add_file("cells.csv"), plan.trials));
    tables.push_back(std::make_unique<TrajectoryCsv>(folder->add_file("trajectory.csv")));
  }
  if (options.flag("json")) add_summary(spool.emplace());
  Table table(plan.trials, schedule, plan.cell_count(), bar_style_of_stdout());
  const bool print_table = !options.flag("json") && !options.flag("quiet");
  if (print_table) writers.push_back(&table);
  for (const auto& writer : tables) writers.push_back(writer.get());

  run_cells(plan, schedule, *engine, control, writers);
  facts.seconds = watch.seconds();
  facts.network_steps = control.network_steps;
  for (const auto& summary : summaries) summary->finish(facts);
  if (const int signal = control.stop_signal) throw Interrupted(signal);
  if (folder) folder->publish();

  if (spool) spool->print();
  if (print_table) {
    fmt::print("logmargin: {} cell{} of {} networks, {:g} steps, seed {}{}\n", plan.cell_count(),
               plan.cell_count() == 1 ? "" : "s", plan.trials, plan.steps, plan.seed,
               plan.precision == Precision::mixed ? ", mixed precision" : "");
    fmt::print("{}{}", table.text(), closing_line(facts));
    if (folder) fmt::print("wrote summary.json, cells.csv and trajectory.csv to {}\n", options.text("out"));
    if (std::fflush(stdout) != 0) throw FileError(fmt::format("stdout cannot be written: {}", std::strerror(errno)));
    if (!device_note.empty()) fmt::print(stderr, "logmargin: {}\n", device_note);
  }
}

}  // namespace logmargin
