#include "host/run/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "host/cli/experiment_options.hpp"
#include "host/cli/weights_options.hpp"
#include "host/engine/device.hpp"
#include "host/error.hpp"
#include "host/plan/number.hpp"
#include "host/report/report.hpp"
#include "host/results/summarizer.hpp"
#include "host/run/result_files.hpp"
#include "host/run/run_cells.hpp"
#include "host/run/run_into.hpp"
#include "host/run/saved/destination.hpp"

namespace logmargin {

namespace {

/// Keeper keeps the summaries that it is given.
class Keeper final : public Writer {
 public:
  explicit Keeper(std::vector<CellResults>& cells) : cells_(cells) {}

  void begin_cell(std::size_t, const Cell&) override { cells_.emplace_back(); }
  bool wants(double) const override { return true; }
  void recorded(const RecordedSummary& summary) override { cells_.back().recorded.push_back(summary); }
  void end_cell(const CellSummary& summary) override { cells_.back().summary = summary; }

 private:
  std::vector<CellResults>& cells_;
};

/// Returns the experiment as the command line's options would have made it, so that the same values are allowed and the
/// same words say which.
Experiment checked(Experiment experiment) {
  if (!experiment.weights && !experiment.theta.empty()) {
    reject("--theta", experiment.theta, "an experiment is run with its weights: set them, or leave theta empty");
  }
  if (experiment.weights) {
    if (experiment.axes.dim == Axes{}.dim) experiment.axes.dim = {experiment.weights->dim()};
    take_weights(experiment, experiment.weights);
  } else if (experiment.axes.dim == Axes{}.dim) {
    for (const DataPair& data : experiment.axes.data) {
      experiment.axes.dim = {std::max(experiment.axes.dim.front(), data.length())};
    }
  }
  for (const auto& [option, names] :
       {std::pair{"--init", &experiment.axes.init}, std::pair{"--bias", &experiment.axes.bias},
        std::pair{"--optimizer", &experiment.axes.optimizer}, std::pair{"--loss", &experiment.axes.loss}}) {
    for (const std::string& name : *names) {
      if (name.find(',') != std::string::npos) reject(option, name, "one name is allowed in each place of the list");
    }
  }
  Experiment same = experiment_of_config(config_json(experiment, Presentation()));
  for (std::size_t i = 0; i < experiment.thresholds.size(); ++i) {
    const Threshold& threshold = experiment.thresholds[i];
    const Threshold& read = same.thresholds[i];
    if (threshold.text == read.text && threshold.value == read.value && threshold.relative == read.relative) continue;
    reject("--eps", threshold.text, fmt::format("the text of the threshold {} is", number_text(threshold.value)));
  }
  same.weights = experiment.weights;
  return same;
}

/// Throws UsageError unless the results are whole and those of their experiment: only such results are saved.
void require_whole(const Results& results) {
  const Experiment& experiment = results.experiment;
  bool whole = !results.cells.empty() && results.cells.size() == experiment.cell_count();
  for (const CellResults& cell : results.cells) {
    whole = whole && cell.summary.trials == experiment.trials && cell.summary.horizon == experiment.steps &&
            cell.summary.times.size() == experiment.thresholds.size() && !cell.summary.fits.empty();
  }
  if (!whole) throw UsageError("save: the results are not those of their experiment");
}

unsigned threads_of(const RunSettings& settings) {
  constexpr unsigned most_threads = 1024;
  if (settings.threads > most_threads) {
    reject("--threads", std::to_string(settings.threads), "a whole number from 1 to 1024, or all, is allowed");
  }
  if (settings.device == "reference") return 1;
  return settings.threads == 0 ? available_threads() : settings.threads;
}

/// Makes the engine of the settings or, where it cannot list networks and the run has to, the CPU's, whose numbers are
/// the same.
std::unique_ptr<Engine> engine_of(const RunSettings& settings, unsigned threads, const RunSinks& sinks) {
  std::unique_ptr<Engine> engine = make_engine(settings.device, threads);
  const bool lists = sinks.trials != nullptr || sinks.trajectories != nullptr;
  return lists && !engine->supports_trial_output() ? make_engine("cpu", threads) : std::move(engine);
}

}  // namespace

Results run_into(PreparedRun prepared, const RunSettings& settings, RunControl& control, const RunSinks& sinks) {
  const auto start = std::chrono::steady_clock::now();
  const double computed_before = control.steps_computed;
  const unsigned threads = threads_of(settings);
  const std::unique_ptr<Engine> engine = engine_of(settings, threads, sinks);
  prepared.prepare_cells(threads, control);
  RunFacts facts = {0.0, prepared.network_steps(prepared.experiment.trials), engine->description(), threads, 0.0, {}};
  facts.leap_check = check_stepping(prepared, control);
  std::vector<CellResults> cells;
  Keeper keeper(cells);
  Summarizer summarizer(prepared.experiment, {&keeper});
  run_cells({prepared, *engine, control, sinks.trials, sinks.trajectories}, summarizer);
  control.throw_if_stop_requested();
  facts.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  facts.steps_computed = control.steps_computed - computed_before;
  return {std::move(prepared.experiment), settings, std::move(facts), std::move(cells)};
}

Results run(const Experiment& experiment, const RunSettings& settings, RunControl& control) {
  PreparedRun prepared = {checked(experiment), {}};
  prepared.schedule = make_schedule(prepared.experiment.steps, prepared.experiment.record);
  return run_into(std::move(prepared), settings, control, {});
}

Results run(const Experiment& experiment, const RunSettings& settings) {
  RunControl control;
  return run(experiment, settings, control);
}

Presentation presentation_of(const RunSettings& settings) {
  Presentation presentation;
  presentation.device = settings.device;
  if (settings.threads > 0) presentation.threads = std::to_string(settings.threads);
  return presentation;
}

void tell(const Results& results, const std::vector<Writer*>& writers) {
  for (std::size_t index = 0; index < results.cells.size(); ++index) {
    const CellResults& cell = results.cells[index];
    for (Writer* writer : writers) {
      writer->begin_cell(index, cell.summary.cell);
      for (const RecordedSummary& recorded : cell.recorded) {
        if (writer->wants(recorded.t)) writer->recorded(recorded);
      }
      writer->end_cell(cell.summary);
    }
  }
}

std::string save(const Results& results, const std::filesystem::path& folder, bool replace) {
  require_whole(results);
  const Experiment& experiment = results.experiment;
  Presentation presentation = presentation_of(results.settings);
  presentation.out = folder.string();
  presentation.force = replace;
  const nlohmann::ordered_json config = config_json(experiment, presentation);
  const TallyFileHead head = {TallyFileKind::shard, program_facts(),      config, {},
                              results.facts.device, results.facts.threads};
  const Schedule schedule = make_schedule(experiment.steps, experiment.record);
  Destination destination(presentation, {}, head, {0, experiment.trials}, experiment, schedule);
  ResultFiles files(*destination.folder(), experiment, config, results.facts);
  ReportCollector report(experiment.steps);
  std::vector<Writer*> writers = files.writers();
  writers.push_back(&report);
  tell(results, writers);
  files.finish(results.facts);
  destination.folder()->publish();
  destination.clear_checkpoint();
  const std::atomic<int> never_stopped = 0;
  try {
    return write_report(destination.folder()->path(),
                        std::move(report).data(config, results.facts, experiment.stepping), {}, never_stopped)
        .of_page;
  } catch (const FileError& error) {
    throw FileError(fmt::format("the results are written, their report is not: {}", error.what()));
  }
}

}  // namespace logmargin
