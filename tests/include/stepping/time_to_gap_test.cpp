#include "logmargin/stepping/time_to_gap.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "logmargin/model/network.hpp"

namespace logmargin::testing::time_to_gap_test {
namespace {

TEST(TimeToGap, MatchesTheReferenceTimes) {
  std::ifstream file(LOGMARGIN_REFERENCE_DIR "/times.csv");
  std::string line;
  ASSERT_TRUE(std::getline(file, line));
  int compared = 0;
  while (std::getline(file, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    std::istringstream fields(line);
    std::vector<std::string> field;
    for (std::string text; std::getline(fields, text, ',');) field.push_back(text);
    if (field.size() != 9) continue;  // the last field is empty where the network does not converge
    const auto number = [&](std::size_t i) { return std::stod(field[i]); };
    const Problem problem = make_problem(1.0, -1.0, number(1));
    const auto initial = network_from_weights(problem, Weights{number(2), number(3), number(4), number(5)});
    const double threshold = number(7);
    double actual = 0.0;
    log10_times_to_gap(NetworkOnLine{}, problem, initial, &threshold, 1, &actual);
    if (field[8] == "-inf") {
      EXPECT_EQ(actual, -std::numeric_limits<double>::infinity()) << line;
    } else {
      // The table's own agreement, which rounding of single steps does not reach by far.
      const double expected = number(8);
      EXPECT_NEAR(actual, expected, 1e-9 * std::max(1.0, expected)) << line;
    }
    ++compared;
  }
  EXPECT_GT(compared, 30);
}

TEST(TimeToGap, MatchesAWalkOverEveryStep) {
  // Transients too: thresholds that only the way to the settled state exceeds.
  const Problem problem = make_problem(1.0, -1.0, 0.1);
  const std::vector<double> thresholds = {0.3, 0.2, 0.15, 0.1};
  for (const Weights theta :
       {Weights{2.0, 0.5, 1.0, 2.3}, Weights{1.3, 0.9, -0.4, 0.7}, Weights{0.8, -0.3, -1.1, 0.2}}) {
    const Network<double> initial = network_from_weights(problem, theta);
    std::vector<double> actual(thresholds.size());
    log10_times_to_gap(NetworkOnLine{}, problem, initial, thresholds.data(), thresholds.size(), actual.data());
    std::vector<double> last_above(thresholds.size(), -1.0);
    Network<double> network = initial;
    constexpr double walked = 30000.0;
    for (double t = 0.0; t <= walked; ++t) {
      const double gap = observe(problem, network).gap;
      for (std::size_t i = 0; i < thresholds.size(); ++i) {
        if (gap > thresholds[i]) last_above[i] = t;
      }
      network = gradient_step(problem, network);
    }
    for (std::size_t i = 0; i < thresholds.size(); ++i) {
      if (last_above[i] == walked) continue;
      EXPECT_DOUBLE_EQ(actual[i], std::log10(last_above[i] + 1.0)) << "w1 " << theta.w1 << " eps " << thresholds[i];
    }
  }
}

TEST(TimeToGap, IsKnownWhereADeadPointIsLiftedOnTheWay) {
  // Neuron 2 fires at point 1 alone. As it is driven down there, coupling lifts it at point 2, where no neuron fires.
  const Problem problem = make_problem(2.0, -2.0, 0.1);
  const Network<double> initial = {0.5, -1.0, 2.0, -0.05};
  ASSERT_EQ(dead_points(initial), 1);
  const std::vector<double> thresholds = {0.5, 0.25};
  std::vector<double> actual(thresholds.size());
  log10_times_to_gap(NetworkOnLine{}, problem, initial, thresholds.data(), thresholds.size(), actual.data());
  Network<double> network = initial;
  std::vector<double> last_above(thresholds.size(), -1.0);
  for (double t = 0.0; t <= 100000.0; ++t) {
    const double gap = observe(problem, network).gap;
    for (std::size_t i = 0; i < thresholds.size(); ++i) {
      if (gap > thresholds[i]) last_above[i] = t;
    }
    network = gradient_step(problem, network);
  }
  ASSERT_TRUE(specialised(network));
  for (std::size_t i = 0; i < thresholds.size(); ++i) {
    ASSERT_LT(last_above[i], 50000.0);
    EXPECT_NEAR(std::pow(10.0, actual[i]), last_above[i] + 1.0, 1e-6) << thresholds[i];
  }
}

}  // namespace
}  // namespace logmargin::testing::time_to_gap_test
