#include "host/run/prepared_run.hpp"

#include <algorithm>

#include "host/engine/feasibility.hpp"

namespace logmargin {

namespace {

constexpr std::size_t checked_networks = 64;
constexpr std::size_t checked_cells = 64;

}  // namespace

void PreparedRun::keep(const TrialRange& range) {
  for (CellRun& cell : cells) {
    cell.first_trial = range.first;
    cell.trials = range.trials;
  }
}

double PreparedRun::network_steps(std::uint64_t trials) const {
  return static_cast<double>(cells.size()) * experiment.steps * static_cast<double>(trials);
}

void PreparedRun::prepare_cells(unsigned threads, const RunControl& control) {
  for (std::size_t index = 0; index < experiment.cell_count(); ++index) {
    const Cell cell = experiment.cell(index);
    CellRun work = {cell.problem(), cell.laws(), experiment.seed, 0, experiment.trials};
    work.weights = experiment.weights.get();
    work.precision = experiment.precision;
    work.stepping = experiment.asked_stepping();
    work.thresholds = experiment.threshold_values(work.problem);
    work.index = index;
    work.statistics = experiment.statistics;
    work.trajectory_columns = trajectory_columns;
    work.directions = cell.directions();
    cells.push_back(choose_stepping(work, experiment.steps, threads, control));
  }
}

LeapCheck check_stepping(const PreparedRun& run, RunControl& control) {
  LeapCheck check;
  const double horizon = run.schedule.horizon;
  const std::size_t cells = std::min(checked_cells, run.cells.size());
  for (std::size_t i = 0; i < cells; ++i) {
    check_stepping_of(run.cells[i], horizon, checked_networks / cells, control, check);
  }
  return check;
}

}  // namespace logmargin
