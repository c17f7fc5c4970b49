#include "host/run/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "host/cli/experiment_options.hpp"
#include "host/engine/device.hpp"
#include "host/error.hpp"
#include "host/plan/number.hpp"
#include "host/report/report.hpp"
#include "host/results/folder/folder_lock.hpp"
#include "host/results/folder/stale_files.hpp"
#include "host/results/summarizer.hpp"
#include "host/run/prepared_run.hpp"
#include "host/run/result_files.hpp"
#include "host/run/run_cells.hpp"

namespace logmargin {

namespace {

/// Keeps what it is fed.
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
  if (experiment.axes.dim == Axes{}.dim) {
    for (const DataPair& data : experiment.axes.data) {
      experiment.axes.dim = {std::max(experiment.axes.dim.front(), data.length())};
    }
  }
  Experiment same = experiment_of_config(config_json(experiment, Presentation()));
  for (std::size_t i = 0; i < experiment.thresholds.size(); ++i) {
    const auto& [text, value] = experiment.thresholds[i];
    if (value == same.thresholds[i].value && text == same.thresholds[i].text) continue;
    reject("--eps", text, fmt::format("the text of the threshold {} is", number_text(value)));
  }
  return same;
}

/// Only whole results are saved, under their own experiment.
void require_whole(const Results& results) {
  const Experiment& experiment = results.experiment;
  bool whole = !results.cells.empty() && results.cells.size() == experiment.cell_count();
  for (const CellResults& cell : results.cells) {
    whole = whole && cell.summary.trials == experiment.trials && cell.summary.horizon == experiment.steps &&
            cell.summary.times.size() == experiment.thresholds.size() && !cell.summary.fits.empty();
  }
  if (!whole) throw UsageError("save: the results are not those of their experiment");
}

Presentation presentation_of(const RunSettings& settings) {
  Presentation presentation;
  presentation.device = settings.device;
  if (settings.threads > 0) presentation.threads = std::to_string(settings.threads);
  return presentation;
}

}  // namespace

const RecordedSummary& CellResults::at(double t) const {
  const auto found = std::find_if(recorded.begin(), recorded.end(), [&](const auto& seen) { return seen.t == t; });
  if (found != recorded.end()) return *found;
  throw std::out_of_range(fmt::format("t = {} was not recorded", number_text(t)));
}

Results run(const Experiment& experiment, const RunSettings& settings, RunControl& control) {
  const auto start = std::chrono::steady_clock::now();
  Results results = {checked(experiment), settings, {}, {}};
  const Experiment& asked = results.experiment;
  const unsigned threads = settings.threads == 0 ? available_threads() : settings.threads;
  const std::unique_ptr<Engine> engine = make_engine(settings.device, threads);
  PreparedRun prepared = prepare(asked, make_schedule(asked.steps, asked.record), threads, control);
  results.facts = {0.0, prepared.network_steps(asked.trials), engine->description(), threads, 0.0, {}};
  results.facts.leap_check = check_stepping(prepared, control);
  Keeper keeper(results.cells);
  Summarizer summarizer(asked, {&keeper});
  run_cells({prepared, *engine, control}, summarizer);
  results.facts.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  results.facts.steps_computed = control.steps_computed;
  return results;
}

Results run(const Experiment& experiment, const RunSettings& settings) {
  RunControl control;
  return run(experiment, settings, control);
}

void save(const Results& results, const std::filesystem::path& folder, bool replace) {
  require_whole(results);
  std::optional<FolderLock> lock(folder);
  remove_stale_files(folder);
  OutputFolder output(folder, replace);
  lock.emplace(output.path());
  Presentation presentation = presentation_of(results.settings);
  presentation.out = folder.string();
  presentation.force = replace;
  const nlohmann::ordered_json config = config_json(results.experiment, presentation);
  ResultFiles files(output, results.experiment, config, results.facts);
  for (std::size_t index = 0; index < results.cells.size(); ++index) {
    const CellResults& cell = results.cells[index];
    for (Writer* writer : files.writers()) {
      writer->begin_cell(index, cell.summary.cell);
      for (const RecordedSummary& recorded : cell.recorded) {
        if (writer->wants(recorded.t)) writer->recorded(recorded);
      }
      writer->end_cell(cell.summary);
    }
  }
  files.finish(results.facts);
  output.publish();
  const std::atomic<int> never_stopped = 0;
  write_report(output.path(), {}, never_stopped);
}

}  // namespace logmargin
