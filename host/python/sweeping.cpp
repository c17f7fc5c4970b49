#include "host/python/sweeping.hpp"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "host/python/array_weights.hpp"
#include "host/python/interruptible.hpp"
#include "host/python/numpy_arrays.hpp"
#include "host/python/trial_table.hpp"
#include "host/python/words.hpp"
#include "host/results/files/cells_csv.hpp"
#include "host/results/files/histograms_csv.hpp"
#include "host/results/files/summary_json.hpp"
#include "host/results/files/trajectory_csv.hpp"
#include "host/run/run_into.hpp"

namespace logmargin::python {

namespace {

/// TextInMemory keeps what is written.
class TextInMemory final : public TextSink {
 public:
  void write(std::string_view text) override { text_ += text; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

/// Sweep is a finished sweep.
struct Sweep {
  Results results;
  std::vector<double> times;  ///< the recorded t
  nanobind::object trials, trajectories;
};

template <class Table, class... Arguments>
std::string table_text(const Results& results, Arguments&&... arguments) {
  TextInMemory text;
  Table table(text, std::forward<Arguments>(arguments)...);
  tell(results, {&table});
  return text.take();
}

std::string summary_text(const Results& results) {
  TextInMemory text;
  const nlohmann::ordered_json config = config_json(results.experiment, presentation_of(results.settings));
  SummaryJson summary(text, config, results.facts, results.experiment);
  tell(results, {&summary});
  summary.finish(results.facts);
  return text.take();
}

/// Returns what stands in a file of the folder that save writes.
std::string text_of_file(const Sweep& sweep, const std::string& name) {
  const nanobind::gil_scoped_release unlocked;
  const Results& results = sweep.results;
  if (name == "cells.csv") return table_text<CellsCsv>(results, results.experiment);
  if (name == "trajectory.csv") return table_text<TrajectoryCsv>(results);
  if (name == "histograms.csv") return table_text<HistogramsCsv>(results);
  if (name == "summary.json") return summary_text(results);
  throw FileError("there is no file " + name);
}

Sweep sweep(Words words, const std::optional<Theta>& theta, const nanobind::object& progress) {
  const std::shared_ptr<const GivenWeights> weights = weights_of(theta, words);
  const ParsedOptions options = options_of("sweep", words);
  return with_complaints(options, [&] {
    PreparedRun prepared = {experiment_of(options, weights), {}};
    prepared.schedule = make_schedule(prepared.experiment.steps, prepared.experiment.record);
    const Presentation presentation = read_presentation(options);
    prepared.trajectory_columns = presentation.trajectories;
    std::optional<TrialRows> layout;
    std::optional<TrialTable> table;
    if (!presentation.trial_lists().empty()) {
      layout.emplace(prepared.experiment, prepared.schedule, presentation.trajectories);
      table.emplace(*layout, prepared.experiment.cell_count(), prepared.experiment.trials, presentation.trials_out);
    }
    std::vector<double> times;
    for (const RecordedTime& time : prepared.schedule.times()) times.push_back(time.t);
    const RunSettings settings = settings_of(options);
    RunControl control;
    Results results;
    const double all_steps = static_cast<double>(prepared.experiment.cell_count()) * prepared.experiment.steps *
                             static_cast<double>(prepared.experiment.trials);
    run_interruptibly(control, {progress, all_steps}, [&] {
      results = run_into(std::move(prepared), settings, control, {table ? &*table : nullptr, nullptr});
    });
    return Sweep{std::move(results), std::move(times), table ? table->take_trials() : nanobind::none(),
                 table ? table->take_trajectories() : nanobind::none()};
  });
}

}  // namespace

void add_sweep(nanobind::module_& module) {
  using nanobind::arg;
  nanobind::class_<Sweep>(module, "Sweep", "A finished sweep.")
      .def("text_of_file", &text_of_file, arg("name"), "Returns what stands in a file of the folder that save writes.")
      .def(
          "save",
          [](const Sweep& sweep, const std::string& folder, bool replace) {
            const nanobind::gil_scoped_release unlocked;
            return save(sweep.results, folder, replace);
          },
          arg("folder"), arg("replace"), "Writes the program's folder, and returns why pictures are missing.")
      .def_prop_ro(
          "times", [](const Sweep& sweep) { return numpy_array(sweep.times, {sweep.times.size()}); }, "The recorded t.")
      .def_ro("trials", &Sweep::trials, "A table of all trials, or None.")
      .def_ro("trajectories", &Sweep::trajectories, "A table of all trials at all recorded t, or None.")
      .def_prop_ro(
          "device", [](const Sweep& sweep) { return sweep.results.facts.device; }, "What computed.");
  module.def("sweep", &sweep, arg("words"), arg("theta").none(), arg("progress").none(),
             "Runs the sweep of these words.");
}

}  // namespace logmargin::python
