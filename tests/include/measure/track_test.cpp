#include "logmargin/measure/track.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

namespace logmargin::track_test {
namespace {

Observation<double> with_margin(double margin) { return {margin, 1.0 - margin, 0.0, 0.0, 1.0}; }

TEST(Dip, IsTheLowestMarginAndTheFirstTimeOfIt) {
  Dip<double> dip = no_dip<double>();
  const auto record = [&](double t, double margin) { add(dip, {t, 0.0, 0.0, false, false}, with_margin(margin)); };
  record(0.0, 1.0);
  EXPECT_EQ(dip.margin, 1.0);
  EXPECT_EQ(dip.t, 0.0);
  record(10.0, 0.25);
  record(20.0, 0.5);
  record(30.0, 0.25);
  EXPECT_EQ(dip.margin, 0.25);
  EXPECT_EQ(dip.t, 10.0);
  record(40.0, 0.125);
  EXPECT_EQ(dip.margin, 0.125);
  EXPECT_EQ(dip.t, 40.0);
  record(50.0, std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(dip.margin, 0.125);
  EXPECT_EQ(dip.t, 40.0);
}

TEST(FitSums, HoldInverseAndLogRelativeToTheFirst) {
  // Gaps that are powers of two: the inverses are exact, the logarithms known.
  const double ln_2 = 0.6931471805599453;
  FitSums<double> sums{};
  add(sums, {10.0, -1.0, -2.0, true, true, 0.0, {0.5}}, 0.5);
  add(sums, {20.0, 3.0, 5.0, true, false, 0.0, {0.25, 0.0, 7.0}}, 0.25);
  EXPECT_EQ(sums.first_inverse, 2.0);
  EXPECT_EQ(sums.inverse, 2.0);
  EXPECT_EQ(sums.inverse_ln_t, 3.0 * 2.0);
  EXPECT_EQ(sums.inverse_squared, 4.0);
  EXPECT_DOUBLE_EQ(sums.first_ln_gap, -ln_2);
  EXPECT_DOUBLE_EQ(sums.ln_gap, -ln_2);
  EXPECT_DOUBLE_EQ(sums.ln_gap_ln_t, -3.0 * ln_2);
  EXPECT_DOUBLE_EQ(sums.ln_gap_ln_ln_t, -5.0 * ln_2);
  EXPECT_DOUBLE_EQ(sums.ln_gap_squared, ln_2 * ln_2);
  EXPECT_DOUBLE_EQ(sums.polynomial[0], -0.25 * ln_2);
  EXPECT_EQ(sums.polynomial[1], 0.0);
  EXPECT_DOUBLE_EQ(sums.polynomial[2], -7.0 * ln_2);
}

TEST(LocalLogExponent, IsOfGapsThatAreSeenAtBothTimes) {
  const auto seen = [](double gap, bool classified) {
    return Observation<double>{1.0 - gap, gap, 0.0, 0.0, classified ? 1.0 : 0.0};
  };
  const RecordedTime time = {100.0, 0.0, 0.0, false, false, 2.0};
  double previous = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(std::isfinite(local_log_exponent(previous, time, seen(1.0, false), 0.0)));
  // A misclassified network has no gap to fall from.
  EXPECT_FALSE(std::isfinite(local_log_exponent(previous, time, seen(0.5, true), 0.0)));
  EXPECT_DOUBLE_EQ(local_log_exponent(previous, time, seen(0.125, true), 0.0), std::log(4.0) / 2.0);
  // Where a gap remains, what falls is the rest.
  double previous_of_rest = std::numeric_limits<double>::quiet_NaN();
  local_log_exponent(previous_of_rest, time, seen(0.5, true), 0.25);
  EXPECT_DOUBLE_EQ(local_log_exponent(previous_of_rest, time, seen(0.3125, true), 0.25), std::log(4.0) / 2.0);
}

template <class Record>
std::size_t distinct_columns() {
  Record record{};
  std::set<const double*> visited;
  for_each_column(record, [&](double& value) { visited.insert(&value); });
  return visited.size();
}

TEST(Columns, EveryOneIsVisitedOnce) {
  EXPECT_EQ(distinct_columns<Dip<double>>(), static_cast<std::size_t>(dip_columns));
  EXPECT_EQ(sizeof(Dip<double>), dip_columns * sizeof(double));
  EXPECT_EQ(distinct_columns<FitSums<double>>(), static_cast<std::size_t>(fit_columns));
  EXPECT_EQ(sizeof(FitSums<double>), fit_columns * sizeof(double));
}

}  // namespace
}  // namespace logmargin::track_test
