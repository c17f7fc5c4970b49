#include "logmargin/stepping/leaping_point.hpp"

#include <gtest/gtest.h>

#include "host/engine/cpu/trajectories.hpp"
#include "tests/support/fewer_under_sanitizers.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::leaping_point_test {
namespace {

TEST(LeapingPoint, HasTheBitsOfTheTrajectories) {
  testing::RandomSource random(20261123);
  const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
  constexpr std::size_t count = testing::fewer_under_sanitizers(96);
  for (const Stepping& stepping : {auto_stepping, leap_stepping, Stepping{100.0}}) {
    for (const double eta : {1e-5, 0.1, 3.0}) {
      const Problem problem = make_problem(2.0, -0.5, eta);
      std::vector<Network<double>> initial;
      for (std::size_t i = 0; i < count; ++i) {
        initial.push_back({2.0 * random.normal(), 2.0 * random.normal(), 2.0 * random.normal(), 2.0 * random.normal()});
      }
      Trajectories trajectories(problem, stepping, initial);
      BatchScratch scratch(count);
      RunControl control;
      std::vector<LeapingPoint> first, second;
      for (const Network<double>& z : initial) {
        first.push_back(leaping_point(problem.rate_positive, {z.z11, z.z21}));
        second.push_back(leaping_point(problem.rate_negative, {z.z22, z.z12}));
      }
      double reached = 0.0;
      for (const double t : {1.0, 3.0, 8.0, 40.0, 1000.0, 70000.0, 1e6, 1e12, 1e100, 1e300}) {
        trajectories.advance(kernels, t, scratch, control);
        for (std::size_t i = 0; i < count; ++i) {
          advance_leaping(problem.rate_positive, stepping.lockstep_until, reached, t, first[i]);
          advance_leaping(problem.rate_negative, stepping.lockstep_until, reached, t, second[i]);
          const Network<double> expected = trajectories.network(i);
          ASSERT_EQ(first[i].state.correct, expected.z11) << "t " << t << ", " << i;
          ASSERT_EQ(first[i].state.wrong, expected.z21) << "t " << t << ", " << i;
          ASSERT_EQ(second[i].state.correct, expected.z22) << "t " << t << ", " << i;
          ASSERT_EQ(second[i].state.wrong, expected.z12) << "t " << t << ", " << i;
        }
        reached = t;
      }
    }
  }
}

}  // namespace
}  // namespace logmargin::leaping_point_test
