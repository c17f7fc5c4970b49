#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/program/program.hpp"

namespace logmargin::testing::statistics_test {
namespace {

using Json = nlohmann::json;

Json first_cell(const Arguments& options) {
  Arguments arguments = {"sweep", "--json"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const Finished finished = run_logmargin(arguments);
  if (finished.exit_status != 0) throw std::runtime_error(finished.err);
  return Json::parse(finished.out).at("cells").at(0);
}

void expect_share(const Json& count, double trials, double probability) {
  const double standard_error = std::sqrt(trials * probability * (1.0 - probability));
  EXPECT_NEAR(count.get<double>(), trials * probability, 4.0 * standard_error);
}

/// With a symmetric law and zero bias the two signs of w decide: one quarter each way.
TEST(Statistics, SharesOfOutcomesUnderHeInitialisation) {
  const Json cell = first_cell({"--trials", "1e6", "--steps", "1000", "--record", "1000"});
  expect_share(cell.at("outcomes").at("converging"), 1e6, 0.25);
  expect_share(cell.at("dead_points").at("0"), 1e6, 0.25);
  expect_share(cell.at("dead_points").at("1"), 1e6, 0.5);
  expect_share(cell.at("dead_points").at("2"), 1e6, 0.25);
}

/// Patterns at t = 0 with zero bias: each neuron fires at exactly one point, either with probability 1/2.
TEST(Statistics, SharesOfPatternsUnderEverySymmetricLaw) {
  for (const char* law : {"he-normal", "he-uniform", "pytorch", "normal=3"}) {
    const Json cell = first_cell({"--trials", "2e5", "--steps", "1", "--init", law});
    const Json& patterns = cell.at("checkpoints").at(0).at("patterns");
    for (const std::size_t pattern : {5U, 6U, 9U, 10U}) expect_share(patterns.at(pattern), 2e5, 0.25);
  }
}

/// log10 of the initial loss of a network with neuron j at w_j, zero bias: its extremes follow from the uniform law.
TEST(Statistics, UniformWeightsStayWithinTheirHalfWidth) {
  const Json cell = first_cell({"--trials", "2e5", "--steps", "1", "--init", "uniform=2"});
  const Json& log10_loss = cell.at("checkpoints").at(0).at("log10_loss");
  const double largest = std::log10(0.5 * (std::exp(2.0) + std::exp(2.0)));
  EXPECT_LE(log10_loss.at("max").get<double>(), largest);
  EXPECT_GT(log10_loss.at("max").get<double>(), largest - 0.02);
  EXPECT_GE(log10_loss.at("min").get<double>(), -largest);
  EXPECT_LT(log10_loss.at("min").get<double>(), -largest + 0.02);
}

/// Claim 4 of the paper: He initialisation with zero bias starts at the optimal margin, drops, and recovers slowly.
TEST(Statistics, TheMarginDipsAndRecovers) {
  const Json cell = first_cell({"--trials", "2000", "--steps", "1e5"});
  const Json& checkpoints = cell.at("checkpoints");
  const Json& start = checkpoints.front();
  EXPECT_GT(start.at("margin").at("count"), 400);
  for (const char* key : {"min", "q01", "q50", "q99", "max", "mean"}) {
    EXPECT_EQ(start.at("margin").at(key), 1.0) << key;
    EXPECT_EQ(start.at("gap").at(key), 0.0) << key;
  }
  std::size_t lowest = 0;
  const auto median = [&](std::size_t i) { return checkpoints.at(i).at("margin").at("q50").get<double>(); };
  for (std::size_t i = 0; i < checkpoints.size(); ++i) {
    if (median(i) < median(lowest)) lowest = i;
  }
  EXPECT_LT(median(lowest), 0.95);
  EXPECT_GT(checkpoints.at(lowest).at("t").get<double>(), 10.0);
  EXPECT_LT(checkpoints.at(lowest).at("t").get<double>(), 1e4);
  EXPECT_GT(median(checkpoints.size() - 1), median(lowest) + 0.01);
  EXPECT_LT(median(checkpoints.size() - 1), 0.99);
  for (std::size_t i = 0; i + 1 < checkpoints.size(); ++i) {
    const double rise = median(i + 1) - median(i);
    EXPECT_GE(i < lowest ? -rise : rise, 0.0) << "after recorded t number " << i;
  }
  EXPECT_GT(cell.at("dip").at("log10_t_min").at("q50").get<double>(), 1.0);
  EXPECT_LT(cell.at("dip").at("log10_t_min").at("q50").get<double>(), 4.0);
}

/// Gradient descent, not its gap alone: the logarithm of the gap falls ever more slowly in ln t.
TEST(Statistics, TheRateIsSlowerThanAnyPower) {
  const Json early = first_cell({"--trials", "500", "--steps", "1e4"});
  const Json late = first_cell({"--trials", "500", "--steps", "1e6"});
  const auto exponent = [](const Json& cell) { return cell.at("rates").at("power_exponent").at("q50").get<double>(); };
  EXPECT_GT(exponent(early), exponent(late));
  EXPECT_GT(exponent(late), 0.0);
  const double log_exponent = late.at("rates").at("log_exponent").at("q50");
  EXPECT_NEAR(log_exponent, 1.0, 0.2);
}

}  // namespace
}  // namespace logmargin::testing::statistics_test
