#include "logmargin/model/line_through.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/support/random_source.hpp"

namespace logmargin::line_through_test {
namespace {

using testing::RandomSource;
using Vector = std::vector<double>;

long double dot(const Vector& a, const Vector& b) {
  long double sum = 0.0L;
  for (std::size_t k = 0; k < a.size(); ++k) sum += static_cast<long double>(a[k]) * b[k];
  return sum;
}

struct Line {
  Vector along, across;
  PointPair points;

  Line(const Vector& first, const Vector& second)
      : along(first.size()),
        across(first.size()),
        points(line_through(first.data(), second.data(), first.size(), along.data(), across.data())) {}
};

TEST(LineThrough, GivesBackThePointsFromPositionsAndOffset) {
  RandomSource random(20261126);
  double worst = 0.0;
  for (int trial = 0; trial < 2000; ++trial) {
    const std::size_t width = 2 + random.below(6);
    const double away = random.below(2) == 0 ? 0.0 : random.log_uniform(-10.0, 20.0);
    const double scale = random.below(3) == 0 ? random.log_uniform(-450.0, 450.0) : 1.0;
    Vector first(width), second(width);
    for (std::size_t k = 0; k < width; ++k) {
      first[k] = scale * (away + random.normal());
      second[k] = scale * (away + random.normal());
    }
    const Line line(first, second);
    EXPECT_NEAR(static_cast<double>(dot(line.along, line.along)), 1.0, 1e-15);
    EXPECT_NEAR(static_cast<double>(dot(line.along, line.across)), 0.0, 1e-15);
    const double size = std::sqrt(line.points.square_positive) + std::sqrt(line.points.square_negative);
    for (std::size_t k = 0; k < width; ++k) {
      const long double foot = static_cast<long double>(line.points.offset) * line.across[k];
      const auto first_off = static_cast<double>(
          line.points.positive_position * static_cast<long double>(line.along[k]) + foot - first[k]);
      const auto second_off = static_cast<double>(
          line.points.negative_position * static_cast<long double>(line.along[k]) + foot - second[k]);
      worst = std::max({worst, std::fabs(first_off) / size, std::fabs(second_off) / size});
    }
  }
  std::cout << "worst distance of a point from its place " << worst << " of its size\n";
  // A unit vector's rounding, times positions, some times over.
  EXPECT_LT(worst, 1e-15);
}

TEST(LineThrough, KnowsLinesThroughTheOrigin) {
  for (const auto& [first, second] :
       {std::pair{Vector{0.3, 0.9, -0.6}, Vector{-0.1, -0.3, 0.2}},
        std::pair{Vector{1e140, 3e140}, Vector{-1e-140, -3e-140}}, std::pair{Vector{0.0, 2.0}, Vector{0.0, -1.0}},
        std::pair{Vector{0.0, 0.0}, Vector{1.0, 3.0}}}) {
    const Line line(first, second);
    EXPECT_EQ(line.points.offset, 0.0);
    for (const double component : line.across) EXPECT_EQ(component, 0.0);
  }
  EXPECT_EQ(Line({1.0, 1e-12}, {-1.0, 1e-12}).points.offset, 1e-12);
}

TEST(LineThrough, MeetsAProductOfMinusOneExactly) {
  // 0.6^2 + 0.8^2 in doubles is not 1, nor is the plain sum of the rounded squares in every order.
  EXPECT_EQ(Line({0.6, 0.8}, {-0.6, -0.8}).points.product, -1.0);
  EXPECT_EQ(Line({2.0, 1.0}, {-1.0, 1.0}).points.product, -1.0);
  EXPECT_EQ(Line({1e10, 1.0, 1.0}, {1e10, -1.0, -1e20}).points.product, -1.0);
}

}  // namespace
}  // namespace logmargin::line_through_test
