#include <gtest/gtest.h>

#include "host/engine/cuda/cuda_engine.hpp"
#include "host/engine/device.hpp"
#include "tests/support/methods.hpp"

namespace logmargin::left_cells_test {
namespace {

/// Of a GPU's engine what it computes alone.
class Choosing final : public Engine {
 public:
  std::string description() const override { return ""; }
  bool supports_trial_output() const override { return false; }
  bool supports(const CellRun& cell) const override { return gpus_compute(cell); }
  HorizonTally run(const CellRun&, const Schedule&, const RecordedSink&, RunControl&) override {
    return HorizonTally(0, 0);
  }
};

/// Weights that are asked for nothing.
class NoWeights final : public GivenWeights {
 public:
  std::uint64_t rows() const override { return 0; }
  std::int64_t dim() const override { return 1; }
  std::string name() const override { return ""; }
  void read(std::uint64_t, std::size_t, double*) const override {}
};

CellRun cell_of(const Problem& problem, const Stepping& stepping) {
  const InitialDistribution law = {InitialDistribution::Family::normal, 1.0};
  CellRun cell = {problem, {law, law}, 1, 0, 10};
  cell.stepping = stepping;
  return cell;
}

TEST(LeftCells, AreGivenWeightsAndTheLeapsOfCoupledPointsAlone) {
  const Problem decoupled = make_problem(1.0, -1.0, 0.1);
  Problem multi_dimensional = decoupled;
  multi_dimensional.multi_dimensional = true;
  const Problem coupled = make_problem(1.5, -1.5, 0.1);
  std::vector<CellRun> cells = {cell_of(decoupled, leap_stepping), cell_of(decoupled, lockstep_stepping),
                                cell_of(multi_dimensional, leap_stepping), cell_of(coupled, lockstep_stepping)};
  for (const Method& method : testing::stepped_methods()) {
    cells.push_back(cell_of(make_problem(1.5, -1.5, 0.1, method), lockstep_stepping));
  }
  for (const Method& method : testing::methods_without_steps()) {
    for (const double negative : {-1.0, -0.4}) {
      cells.push_back(cell_of(make_problem(1.0, negative, 0.1, method), leap_stepping));
    }
  }
  EXPECT_EQ(cells_left_to_processors(Choosing(), cells), "");
  cells.push_back(cell_of(coupled, leap_stepping));
  cells.push_back(cell_of(decoupled, lockstep_stepping));
  const NoWeights weights;
  cells.back().weights = &weights;
  const std::string line = cells_left_to_processors(Choosing(), cells);
  EXPECT_NE(line.find("the CPU runs 2 of " + std::to_string(cells.size()) + " cells"), std::string::npos) << line;
  EXPECT_EQ(line.find('\n'), std::string::npos);
}

}  // namespace
}  // namespace logmargin::left_cells_test
