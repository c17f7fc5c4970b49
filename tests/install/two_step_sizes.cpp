#include <iostream>
#include <logmargin/run.hpp>

int main() {
  logmargin::Experiment experiment;
  experiment.axes.eta = {0.1, 0.5};
  experiment.steps = 1e30;
  const logmargin::Results results = logmargin::run(experiment);
  for (const logmargin::CellResults& cell : results.cells) {
    std::cout << "eta " << cell.summary.cell.eta << ": " << 100.0 * cell.summary.share(logmargin::Outcome::converging)
              << " % converge, median gap " << cell.recorded.back().gap().median() << '\n';
  }
  logmargin::save(results, "results/two-step-sizes");
}
