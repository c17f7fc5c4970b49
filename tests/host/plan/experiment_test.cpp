#include "host/plan/experiment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace logmargin::experiment_test {
namespace {

/// Two or three values on every axis.
Experiment full_plan() {
  Experiment experiment;
  experiment.axes.init = {"he-normal", "pytorch"};
  experiment.axes.bias = {"zero", "matched", "normal=1"};
  experiment.axes.eta = {0.1, 0.2};
  experiment.axes.optimizer = {"gd", "other"};
  experiment.axes.loss = {"exp", "logistic"};
  experiment.axes.dim = {1, 5};
  experiment.axes.data = {{1.0, -1.0}, {2.0, -1.0}, {3.0, -1.0}};
  return experiment;
}

/// A cell as its place on each axis, in the documented order.
std::vector<std::size_t> places(const Axes& axes, const Cell& cell) {
  const auto place = [](const auto& values, const auto& value) {
    return static_cast<std::size_t>(std::find(values.begin(), values.end(), value) - values.begin());
  };
  const auto data = std::find_if(axes.data.begin(), axes.data.end(), [&](const DataPair& pair) {
    return pair.positive == cell.data.positive && pair.negative == cell.data.negative;
  });
  return {place(axes.init, cell.init),
          place(axes.bias, cell.bias),
          place(axes.eta, cell.eta),
          place(axes.optimizer, cell.optimizer),
          place(axes.loss, cell.loss),
          place(axes.dim, cell.dim),
          static_cast<std::size_t>(data - axes.data.begin())};
}

TEST(Experiment, DefaultsToOneCellOfTheDocumentedValues) {
  const Experiment experiment;
  EXPECT_EQ(experiment.trials, 10000U);
  EXPECT_EQ(experiment.steps, 1e6);
  EXPECT_EQ(experiment.seed, 0U);
  EXPECT_EQ(experiment.record.kind, RecordRule::Kind::per_decade);
  EXPECT_EQ(experiment.record.count, 8.0);
  ASSERT_EQ(experiment.cell_count(), 1U);
  const Cell cell = experiment.cells().at(0);
  EXPECT_EQ(cell.init, "he-normal");
  EXPECT_EQ(cell.bias, "zero");
  EXPECT_EQ(cell.eta, 0.1);
  EXPECT_EQ(cell.optimizer, "gd");
  EXPECT_EQ(cell.loss, "exp");
  EXPECT_EQ(cell.dim, 1);
  EXPECT_EQ(cell.data.text(), "+1,-1");
}

TEST(Experiment, CrossesEveryAxisWithEveryOther) {
  const Experiment experiment = full_plan();
  EXPECT_EQ(experiment.cell_count(), 288U);
  std::set<std::vector<std::size_t>> seen;
  for (const Cell& cell : experiment.cells()) seen.insert(places(experiment.axes, cell));
  EXPECT_EQ(experiment.cells().size(), 288U);
  EXPECT_EQ(seen.size(), 288U);
}

TEST(Experiment, NestsTheAxesWithTheLastFastest) {
  const Experiment experiment = full_plan();
  std::vector<std::vector<std::size_t>> order;
  for (const Cell& cell : experiment.cells()) order.push_back(places(experiment.axes, cell));
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  EXPECT_EQ(order.at(0), (std::vector<std::size_t>{0, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(order.at(1), (std::vector<std::size_t>{0, 0, 0, 0, 0, 0, 1}));
  EXPECT_EQ(order.at(3), (std::vector<std::size_t>{0, 0, 0, 0, 0, 1, 0}));
}

TEST(Cell, StatesItsProblem) {
  Experiment experiment;
  experiment.axes.eta = {0.25};
  experiment.axes.data = {{2.0, -1.0}};
  const Problem problem = experiment.cells().at(0).problem();
  EXPECT_EQ(problem.step_size, 0.25);
  const Problem same = make_problem(2.0, -1.0, 0.25);
  const Network<double> network = network_from_weights(problem, {1.0, 0.5, -1.0, 0.25});
  EXPECT_EQ(network.z11, 2.5);
  EXPECT_EQ(network.z12, -0.5);
  EXPECT_EQ(network_from_weights(same, {1.0, 0.5, -1.0, 0.25}).z22, network.z22);
}

}  // namespace
}  // namespace logmargin::experiment_test
