#include "logmargin/measure/fit_window.hpp"

#include <gtest/gtest.h>

#include "tests/support/random_source.hpp"

namespace logmargin::fit_window_test {
namespace {

using testing::RandomSource;

struct RandomWindow {
  std::vector<RecordedTime> times;
  FitWindow window{};

  RandomWindow(RandomSource& random, int count) {
    double mean = 0.0;
    for (int i = 0; i < count; ++i) {
      times.push_back({0.0, 7.0 * i / (count - 1.0) + 0.3 * random.unit() / count, 0.0, true, i == 0});
      mean += times.back().centred_ln_t / count;
    }
    window = {count, mean, 0.0, 0.0};
    for (RecordedTime& time : times) {
      time.centred_ln_t -= mean;
      window.sum_of_squares_ln_t += time.centred_ln_t * time.centred_ln_t;
    }
    set_fit_nodes(times, window);
  }
};

TEST(FitWindow, PolynomialsAreOrthonormalOverItsPoints) {
  RandomSource random(20261128);
  for (const int count : {9, 25, 400}) {
    const RandomWindow made(random, count);
    for (int a = 0; a < fit_polynomials; ++a) {
      for (int b = 0; b < fit_polynomials; ++b) {
        double product = 0.0;
        for (const RecordedTime& time : made.times) product += time.polynomial[a] * time.polynomial[b];
        EXPECT_NEAR(product, a == b ? 1.0 : 0.0, 1e-9) << count << ' ' << a << ' ' << b;
      }
    }
  }
}

TEST(FitWindow, NodesSumPolynomialsAsItsPointsDo) {
  RandomSource random(20261129);
  for (const int count : {3, 5, 8, 25, 400}) {
    const RandomWindow made(random, count);
    const FitNodes& nodes = made.window.nodes;
    EXPECT_EQ(nodes.count, std::min(count, most_fit_nodes));
    double scale = 0.0;
    for (const RecordedTime& time : made.times) scale = std::max(scale, std::abs(time.centred_ln_t));
    for (int degree = 0; degree < 2 * nodes.count; ++degree) {
      double of_points = 0.0;
      double of_nodes = 0.0;
      for (const RecordedTime& time : made.times) of_points += std::pow(time.centred_ln_t / scale, degree);
      for (int i = 0; i < nodes.count; ++i) of_nodes += nodes.weight[i] * std::pow(nodes.place[i], degree);
      EXPECT_NEAR(of_nodes, of_points, 1e-9 * count) << count << ' ' << degree;
    }
  }
}

}  // namespace
}  // namespace logmargin::fit_window_test
