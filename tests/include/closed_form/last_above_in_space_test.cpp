#include "logmargin/closed_form/last_above_in_space.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "logmargin/measure/limiting_margin.hpp"
#include "logmargin/model/line_through.hpp"
#include "logmargin/stepping/time_to_gap.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::last_above_in_space_test {
namespace {

using testing::RandomSource;

TEST(LastAboveInSpace, WithNothingFrozenIsTheLines) {
  RandomSource random(20261130);
  const std::vector<double> thresholds = {0.5, 0.1, 0.02, 1e-3, 1e-6};
  int finite = 0;
  for (const Problem& problem :
       {make_problem(1.0, -1.0, 0.1), make_problem(2.0, -0.5, 0.1), make_problem(2.0, -2.0, 0.1)}) {
    for (int trial = 0; trial < 60; ++trial) {
      const Network<double> initial = {random.uniform(0.1, 3.0), random.uniform(-2.0, 0.5), random.uniform(-2.0, 0.5),
                                       random.uniform(0.1, 3.0)};
      std::vector<double> on_line(thresholds.size()), multi_dimensional(thresholds.size());
      log10_times_to_gap(NetworkOnLine{}, problem, initial, thresholds.data(), thresholds.size(), on_line.data());
      log10_times_to_gap(NetworkInRd{}, problem, initial, thresholds.data(), thresholds.size(),
                         multi_dimensional.data());
      for (std::size_t i = 0; i < thresholds.size(); ++i) {
        if (std::isfinite(on_line[i])) {
          ++finite;
          EXPECT_NEAR(multi_dimensional[i], on_line[i], 1e-9 * std::max(1.0, on_line[i]))
              << trial << ' ' << thresholds[i];
        } else {
          EXPECT_TRUE(testing::same_bits(multi_dimensional[i], on_line[i]))
              << trial << ' ' << thresholds[i] << ' ' << multi_dimensional[i] << ' ' << on_line[i];
        }
      }
    }
  }
  EXPECT_GT(finite, 400);
}

TEST(LastAboveInSpace, MatchesAWalkOverEveryStep) {
  RandomSource random(20261201);
  const std::vector<double> thresholds = {0.4, 0.3, 0.2, 0.15, 0.1, 0.08};
  const auto problem_of = [](std::array<double, 2> first, std::array<double, 2> second) {
    std::array<double, 2> along{};
    std::array<double, 2> across{};
    return make_problem(line_through(first.data(), second.data(), 2, along.data(), across.data()), true, 0.1);
  };
  int walked_to = 0;
  for (const Problem& problem : {make_problem(pair_on_line(1.0, -1.0), true, 0.1), problem_of({2.0, 0.5}, {-2.0, 0.5}),
                                 problem_of({1.0, 0.5}, {-2.0, 0.75})}) {
    const double gap_that_stays = problem.optimal_margin * (1.0 - limiting_margin_ratio(problem));
    for (int trial = 0; trial < 12; ++trial) {
      const Network<double> initial = {random.uniform(0.1, 3.0), random.uniform(-2.0, 0.5), random.uniform(-2.0, 0.5),
                                       random.uniform(0.1, 3.0)};
      const OrthogonalComponent<double> orthogonal = {
          problem.offset > 0.0 ? random.normal() : 0.0, problem.offset > 0.0 ? random.normal() : 0.0,
          std::fabs(random.normal()), random.normal(), std::fabs(random.normal())};
      std::vector<double> actual(thresholds.size());
      log10_times_to_gap(NetworkInRd{orthogonal}, problem, initial, thresholds.data(), thresholds.size(),
                         actual.data());
      std::vector<double> last_above(thresholds.size(), -1.0);
      Network<double> network = initial;
      constexpr double walked = 20000.0;
      for (double t = 0.0; t <= walked; ++t) {
        const double gap = observe(problem, network, orthogonal).gap;
        for (std::size_t i = 0; i < thresholds.size(); ++i) {
          if (gap > thresholds[i]) last_above[i] = t;
        }
        network = gradient_step(problem, network);
      }
      for (std::size_t i = 0; i < thresholds.size(); ++i) {
        EXPECT_EQ(std::isnan(actual[i]), !specialised(network)) << trial << " eps " << thresholds[i];
        EXPECT_EQ(actual[i] == gap_never_within, specialised(network) && gap_that_stays > thresholds[i])
            << trial << " eps " << thresholds[i];
        if (!(actual[i] < gap_never_within)) continue;
        // Above at the end, or once more after it.
        if (actual[i] > std::log10(walked)) continue;
        ++walked_to;
        EXPECT_DOUBLE_EQ(actual[i], std::log10(last_above[i] + 1.0)) << trial << " eps " << thresholds[i];
      }
    }
  }
  EXPECT_GT(walked_to, 60);
}

TEST(LastAboveInSpace, NeverEndsBelowTheGapThatStays) {
  // Decoupled, of unequal norms and off the origin: the boundary leans for ever.
  const double first[] = {2.0, 1.0};
  const double second[] = {-1.0, 1.0};
  double along[2];
  double across[2];
  const Problem problem = make_problem(line_through(first, second, 2, along, across), true, 0.1);
  ASSERT_TRUE(problem.has_orthogonal_points());
  const double left = problem.optimal_margin * (1.0 - limiting_margin_ratio(problem));
  const std::vector<double> thresholds = {0.9 * left, 1.001 * left};
  std::vector<double> actual(2);
  const Network<double> initial = {2.0, -1.0, -0.5, 1.5};
  log10_times_to_gap(NetworkInRd{{0.5, -0.5, 1.0, 0.25, 1.0}}, problem, initial, thresholds.data(), 2, actual.data());
  EXPECT_EQ(actual[0], gap_never_within);
  EXPECT_TRUE(std::isfinite(actual[1]));
  EXPECT_GT(actual[1], 5.0);
}

}  // namespace
}  // namespace logmargin::last_above_in_space_test
