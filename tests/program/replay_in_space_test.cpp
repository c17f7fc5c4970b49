#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/program/csv_rows.hpp"
#include "tests/program/program.hpp"
#include "tests/support/space/space_descent.hpp"

namespace logmargin::testing::replay_in_space_test {
namespace {

using Json = nlohmann::json;

std::string replay(const Arguments& options) {
  Arguments arguments = {"replay"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const Finished finished = run_logmargin(arguments);
  if (finished.exit_status != 0) throw std::runtime_error(finished.err);
  return finished.out;
}

TEST(ReplayInSpace, FollowsWholeWeights) {
  struct Case {
    std::string data;
    std::array<SpaceDescent::Vector, 2> points;
  };
  for (const auto& [data, points] : {Case{"(1,0.5,0),(-1,2,0)", {{{1.0L, 0.5L, 0.0L}, {-1.0L, 2.0L, 0.0L}}}},
                                     Case{"+1,-1", {{{1.0L, 0.0L, 0.0L}, {-1.0L, 0.0L, 0.0L}}}}}) {
    const CsvTable table(replay({"--theta", "1.5,-0.25,0.5,0.75,-1.25,0.25,0.125,0.5", "--dim", "3", "--data", data,
                                 "--steps", "500", "--record", "every=100"}));
    SpaceDescent whole = {points, 0.0L, {{{1.5L, -0.25L, 0.5L}, {-1.25L, 0.25L, 0.125L}}}, {0.75L, 0.5L}};
    whole.step_size = 0.1;  // as the double nearest to it
    ASSERT_EQ(table.rows(), 6U);
    for (std::size_t row = 0; row < table.rows(); ++row) {
      // A hundred roundings a row of numbers below 8.
      EXPECT_NEAR(table.number(row, "z11"), static_cast<double>(whole.pre_activation(0, points[0])), 1e-13);
      EXPECT_NEAR(table.number(row, "z12"), static_cast<double>(whole.pre_activation(0, points[1])), 1e-13);
      EXPECT_NEAR(table.number(row, "z22"), static_cast<double>(whole.pre_activation(1, points[1])), 1e-13);
      EXPECT_NEAR(table.number(row, "margin"), static_cast<double>(whole.margin()), 1e-13);
      // What the printed numbers say of the line through the points.
      const double p1 = data == "+1,-1" ? 1.0 : 0.5;
      EXPECT_NEAR(table.number(row, "w1") * p1 + table.number(row, "b1"), table.number(row, "z11"), 1e-13);
      for (int step = 0; step < 100; ++step) whole.step();
    }
  }
}

TEST(ReplayInSpace, ATrialHasTheSameStateInAnyDimension) {
  const Arguments options = {"--trial", "7", "--init", "normal=1", "--bias", "normal=0.5", "--steps", "1e3", "--dim"};
  const auto in = [&](const std::string& dim, const std::string& format) {
    Arguments all = options;
    all.insert(all.end(), {dim, "--format", format});
    return replay(all);
  };
  const CsvTable line(in("1", "csv"));
  const CsvTable space(in("1000000", "csv"));
  ASSERT_EQ(line.rows(), space.rows());
  for (std::size_t row = 0; row < line.rows(); ++row) {
    for (const char* column : {"z11", "z12", "z21", "z22", "w1", "b1", "w2", "b2", "crossing", "log10_loss"}) {
      EXPECT_EQ(space.at(row, column), line.at(row, column)) << column;
    }
    EXPECT_EQ(space.at(row, "classified"), line.at(row, "classified"));
    if (line.at(row, "classified") == "1") {
      EXPECT_LE(space.number(row, "margin"), line.number(row, "margin"));
    }
  }
  const Json network = Json::parse(in("1000000", "json")).at("network");
  EXPECT_EQ(network.at("dim"), 1000000);
  EXPECT_EQ(network.at("frozen").at("phi"), Json::parse("[0.0,0.0]"));
  // Chi-squared with 999999 degrees of freedom: within five standard deviations.
  EXPECT_NEAR(network.at("frozen").at("gram").at(0).get<double>(), 999999.0, 5.0 * std::sqrt(2e6));
  EXPECT_NEAR(network.at("frozen").at("gram").at(1).get<double>(), 0.0, 5e3);
  EXPECT_FALSE(Json::parse(in("1", "json")).at("network").contains("dim"));
}

}  // namespace
}  // namespace logmargin::testing::replay_in_space_test
