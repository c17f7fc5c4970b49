#include "kernels/device/path_body.hpp"

#include <gtest/gtest.h>

#include "tests/support/methods.hpp"
#include "tests/support/same_state.hpp"

namespace logmargin::path_body_test {
namespace {

TEST(PathColumns, HoldAPathWhole) {
  const Problem problem = make_problem(1.5, -0.4, 0.1, testing::method_of("flow", "exp"));
  OdeSolution path = path_of(problem, {0.7, 0.3, 0.4, 0.5});
  bool in_one_phase = false;
  for (double t = 0.5; t < 1e4; t *= 1.5) {
    OdeSolution kept = unpacked(packed(path));
    EXPECT_EQ(kept.attempts, path.attempts);
    for (const auto& [of_kept, of_path] : {std::pair{kept.last, path.last}, {kept.next, path.next}}) {
      EXPECT_EQ(of_kept.at_rest, of_path.at_rest);
      EXPECT_EQ(of_kept.at_event, of_path.at_event);
    }
    in_one_phase = in_one_phase || !path.next.at_event;
    EXPECT_TRUE(testing::same_bits(network_at(problem, kept, t), network_at(problem, path, t)));
  }
  EXPECT_TRUE(in_one_phase);
  EXPECT_GT(path.attempts, 0);
}

TEST(FollowPath, SaysWhereItGaveUp) {
  const Problem problem = make_problem(1e-9, -1e-9, 0.1, testing::method_of("flow", "exp"));
  std::vector<double> columns(state_columns<PathStepper>);
  const DeviceColumns<double> state = {columns.data(), 1};
  store_stepper(PathStepper::start(problem, {-1.0, -1.0, 7.9, 7.9}, 0.0), state, 0);
  follow_path<GradientFlow, ExponentialLoss, true>(problem, state, 0, 1e-3);
  EXPECT_NE(load_stepper<PathStepper>(state, 0).outcome(problem, 1e-3), Outcome::unresolved);
  follow_path<GradientFlow, ExponentialLoss, true>(problem, state, 0, 1e12);
  EXPECT_EQ(load_stepper<PathStepper>(state, 0).outcome(problem, 1e12), Outcome::unresolved);
  EXPECT_LT(load_stepper<PathStepper>(state, 0).unresolved_t(), 1e12);
}

}  // namespace
}  // namespace logmargin::path_body_test
