#include <gtest/gtest.h>

#include <iostream>

#include "logmargin/model/observation.hpp"
#include "logmargin/stepping/method_state.hpp"
#include "tests/support/methods.hpp"
#include "tests/support/space/placed_points.hpp"

namespace logmargin::rescaling_in_space_test {
namespace {

using testing::PairOfWeights;
using testing::PlacedPoints;
using testing::RandomSource;
using testing::SpaceDescent;

/// Progressive rescaling of whole weights, from its definition.
class WholeRescaling {
 public:
  explicit WholeRescaling(SpaceDescent whole) : whole_(std::move(whole)), eta_(whole_.step_size), radius_(norm()) {}

  void step(int t) {
    if (t > 0 && t % 5 == 0) {
      radius_ *= 1.2L;
      scale(radius_ / norm());
    }
    // A step of grad L/L is one of grad L that is so many times longer.
    whole_.step_size = eta_ / loss();
    whole_.step();
    if (norm() > radius_) scale(radius_ / norm());
  }
  const SpaceDescent& whole() const { return whole_; }

 private:
  long double loss() const {
    long double sum = 0.0L;
    for (std::size_t i = 0; i < 2; ++i) {
      sum += 0.5L * std::exp(-SpaceDescent::label[i] * whole_.output(whole_.x[i]));
    }
    return sum;
  }
  long double norm() const {
    long double squares = 0.0L;
    for (std::size_t j = 0; j < 2; ++j) {
      squares += SpaceDescent::dot(whole_.w[j], whole_.w[j]) + whole_.b[j] * whole_.b[j];
    }
    return std::sqrt(squares);
  }
  void scale(long double factor) {
    for (std::size_t j = 0; j < 2; ++j) {
      for (long double& component : whole_.w[j]) component *= factor;
      whole_.b[j] *= factor;
    }
  }

  SpaceDescent whole_;
  long double eta_, radius_;
};

TEST(RescalingInSpace, ScalesWhatNothingElseMoves) {
  const Method prgd = testing::method_of("prgd", "exp");
  RandomSource random(20261132);
  double worst = 0.0;
  int classified = 0;
  for (const std::int64_t dim : {2, 3, 10}) {
    for (int trial = 0; trial < 60; ++trial) {
      const PlacedPoints placed =
          trial % 3 == 0   ? PlacedPoints({1.0}, {-1.0}, dim)
          : trial % 3 == 1 ? PlacedPoints({1.0, 0.5}, {-1.0, 1.0}, dim)
                           : PlacedPoints(testing::random_vector(random, 2), testing::random_vector(random, 2), dim);
      const PairOfWeights pair = testing::random_pair_of_weights(random, placed, 0.1);
      const Problem problem = placed.problem(0.1, prgd);
      MethodState state = start_of(problem, network_from_weights(problem, pair.start.on_line),
                                   squared_size(problem, pair.start.orthogonal));
      WholeRescaling expected(pair.whole);
      for (int t = 0; t < 60; ++t) {
        advance_state(problem, t, 1, state);
        expected.step(t);
      }
      const OrthogonalComponent<double> orthogonal =
          state.memory[facts_of(prgd).orthogonal_scale_column] * pair.start.orthogonal;
      const SpaceDescent& whole = expected.whole();
      const double size = 1.0 + std::abs(state.network.z11) + std::abs(state.network.z22);
      const double error =
          std::max({std::abs(state.network.z11 - static_cast<double>(whole.pre_activation(0, whole.x[0]))),
                    std::abs(state.network.z12 - static_cast<double>(whole.pre_activation(0, whole.x[1]))),
                    std::abs(state.network.z21 - static_cast<double>(whole.pre_activation(1, whole.x[0]))),
                    std::abs(state.network.z22 - static_cast<double>(whole.pre_activation(1, whole.x[1])))}) /
          size;
      const Observation<double> seen = observe(problem, state.network, orthogonal);
      classified += static_cast<int>(seen.classified);
      const double of_margin = std::abs(seen.margin - static_cast<double>(whole.margin()));
      worst = std::max({worst, error, of_margin});
      // Sixty steps' rounding, of numbers of about 1 relative to the state's size.
      EXPECT_LE(error, 1e-12) << dim << ", " << trial;
      EXPECT_LE(of_margin, 1e-12) << dim << ", " << trial;
    }
  }
  std::cout << "worst error " << worst << ", classified " << classified << '\n';
  EXPECT_GT(classified, 20);
}

}  // namespace
}  // namespace logmargin::rescaling_in_space_test
