#include "host/plan/schedule.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "host/error.hpp"

namespace logmargin::schedule_test {
namespace {

using Kind = RecordRule::Kind;

std::vector<double> times_of(const Schedule& schedule) {
  std::vector<double> times;
  for (const RecordedTime& time : schedule.times()) times.push_back(time.t);
  return times;
}

std::vector<double> times(double horizon, const RecordRule& rule) { return times_of(make_schedule(horizon, rule)); }

TEST(Schedule, PerDecadeRoundsPowersOfTenEachOnce) {
  for (const int per_decade : {1, 2, 3, 8, 50}) {
    for (const double horizon : {7.0, 1000.0, 123'456.0, 1e6}) {
      std::vector<double> expected = {0.0};
      for (int j = 0;; ++j) {
        const auto t = static_cast<double>(std::round(std::pow(10.0L, static_cast<long double>(j) / per_decade)));
        if (t >= horizon) break;
        if (t != expected.back()) expected.push_back(t);
      }
      expected.push_back(horizon);
      EXPECT_EQ(times(horizon, {Kind::per_decade, static_cast<double>(per_decade), {}}), expected)
          << per_decade << ' ' << horizon;
    }
  }
}

TEST(Schedule, PerDecadeMeetsPowersOfTenExactlyToTheFarthestHorizon) {
  const std::vector<double> recorded = times(1e300, {Kind::per_decade, 1, {}});
  ASSERT_EQ(recorded.size(), 302U);
  EXPECT_EQ(recorded[1], 1.0);
  EXPECT_EQ(recorded[24], 1e23);
  EXPECT_EQ(recorded[300], 1e299);
  EXPECT_EQ(recorded[301], 1e300);
}

TEST(Schedule, DefaultIsEightADecade) {
  EXPECT_EQ(times(30, {}), (std::vector<double>{0, 1, 2, 3, 4, 6, 7, 10, 13, 18, 24, 30}));
}

TEST(Schedule, EveryStepsEvenlyAndEndsAtTheHorizon) {
  EXPECT_EQ(times(10, {Kind::every, 3, {}}), (std::vector<double>{0, 3, 6, 9, 10}));
  EXPECT_EQ(times(10, {Kind::every, 5, {}}), (std::vector<double>{0, 5, 10}));
  EXPECT_EQ(times(10, {Kind::every, 11, {}}), (std::vector<double>{0, 10}));
  EXPECT_EQ(times(3, {Kind::every, 1, {}}), (std::vector<double>{0, 1, 2, 3}));
}

TEST(Schedule, ListIsSortedWithoutRepetitions) {
  EXPECT_EQ(times(100, {Kind::list, 0, {50, 7, 50, 0, 100, 7}}), (std::vector<double>{0, 7, 50, 100}));
  EXPECT_EQ(times(100, {Kind::list, 0, {}}), (std::vector<double>{0, 100}));
}

TEST(Schedule, ShortestHorizons) {
  for (const RecordRule& rule : {RecordRule{}, RecordRule{Kind::every, 1, {}}, RecordRule{Kind::list, 0, {1}}}) {
    EXPECT_EQ(times(1, rule), (std::vector<double>{0, 1}));
    const Schedule one = make_schedule(1, rule);
    EXPECT_EQ(one.fits.back().window.count, 0);
    EXPECT_FALSE(one.times()[1].in_fit_window);
    const Schedule two = make_schedule(2, rule);
    EXPECT_EQ(times_of(two), (std::vector<double>{0, 1, 2}));
    EXPECT_EQ(two.fits.back().window.count, 1);
    EXPECT_FALSE(two.times()[1].in_fit_window);
    EXPECT_TRUE(two.times()[2].in_fit_window);
    EXPECT_EQ(two.horizon, 2.0);
  }
}

TEST(Schedule, ListedTimeBeyondTheHorizonIsRefusedByName) {
  try {
    make_schedule(100, {Kind::list, 0, {5, 101}});
    FAIL() << "accepted";
  } catch (const UsageError& error) {
    const std::string message = error.what();
    for (const char* part : {"--record", "101", "100"}) EXPECT_NE(message.find(part), std::string::npos) << message;
  }
}

TEST(Schedule, MoreThanAMachineHoldsIsRefused) {
  EXPECT_THROW(make_schedule(1e9, {Kind::every, 1, {}}), UsageError);
  EXPECT_THROW(make_schedule(1e300, {Kind::every, 1e6, {}}), UsageError);
  EXPECT_NO_THROW(make_schedule(1e300, {Kind::every, 1e299, {}}));
}

TEST(FitWindow, HoldsTheUpperHalfOfTheLogarithmCentred) {
  const Schedule schedule = make_schedule(1e6, {Kind::per_decade, 8, {}});
  long double count = 0.0L, mean_ln = 0.0L, mean_ln_ln = 0.0L;
  for (const RecordedTime& time : schedule.times()) {
    EXPECT_EQ(time.in_fit_window, time.t >= 1000.0) << time.t;
    EXPECT_EQ(time.opens_fit_window, time.t == 1000.0) << time.t;
    if (!time.in_fit_window) continue;
    count += 1.0L;
    mean_ln += std::log(static_cast<long double>(time.t));
    mean_ln_ln += std::log(std::log(static_cast<long double>(time.t)));
  }
  mean_ln /= count;
  mean_ln_ln /= count;
  long double squares_ln = 0.0L, squares_ln_ln = 0.0L;
  // A logarithm near 14 to an ulp, and the mean of 25 of them.
  constexpr double tolerance = 1e-14;
  for (const RecordedTime& time : schedule.times()) {
    if (!time.in_fit_window) continue;
    const long double ln_t = std::log(static_cast<long double>(time.t));
    EXPECT_NEAR(time.centred_ln_t, static_cast<double>(ln_t - mean_ln), tolerance);
    EXPECT_NEAR(time.centred_ln_ln_t, static_cast<double>(std::log(ln_t) - mean_ln_ln), tolerance);
    squares_ln += (ln_t - mean_ln) * (ln_t - mean_ln);
    squares_ln_ln += (std::log(ln_t) - mean_ln_ln) * (std::log(ln_t) - mean_ln_ln);
  }
  EXPECT_EQ(schedule.fits.back().window.count, 25);
  EXPECT_NEAR(schedule.fits.back().window.mean_ln_t, static_cast<double>(mean_ln), tolerance);
  EXPECT_NEAR(schedule.fits.back().window.sum_of_squares_ln_t, static_cast<double>(squares_ln), 100 * tolerance);
  EXPECT_NEAR(schedule.fits.back().window.sum_of_squares_ln_ln_t, static_cast<double>(squares_ln_ln), 100 * tolerance);
}

TEST(Schedule, FitsEndAtEarlierHorizonsTooEachOverItsOwnWindow) {
  const Schedule schedule = make_schedule(1e13, {});
  ASSERT_EQ(schedule.fits.size(), 3U);
  const std::array<double, 3> ends = {1e6, 1e12, 1e13};
  const Schedule alone = make_schedule(1e12, {});
  for (std::size_t fit = 0; fit < ends.size(); ++fit) {
    EXPECT_EQ(schedule.fits[fit].horizon, ends[fit]);
    ASSERT_EQ(schedule.fits[fit].times.size(), schedule.times().size());
    for (const RecordedTime& time : schedule.fits[fit].times) {
      EXPECT_EQ(time.in_fit_window, time.t >= std::sqrt(ends[fit]) && time.t <= ends[fit]) << time.t;
    }
  }
  EXPECT_EQ(schedule.fits[1].window.sum_of_squares_ln_t, alone.fits.back().window.sum_of_squares_ln_t);
  EXPECT_EQ(make_schedule(1e6, {}).fits.size(), 1U) << "the run's own horizon is there once";
  EXPECT_EQ(make_schedule(1e300, {}).fits.size(), 4U);
}

TEST(Schedule, TheRiseOfLnLnTIsFromTheRecordedTimeBefore) {
  const Schedule schedule = make_schedule(1e4, {Kind::list, 0, {1, 2, 10, 100}});
  const std::vector<double> expected = {0.0,           0.0,          0.0, std::log(std::log(10.0) / std::log(2.0)),
                                        std::log(2.0), std::log(2.0)};
  for (std::size_t r = 0; r < expected.size(); ++r) {
    EXPECT_NEAR(schedule.times()[r].ln_ln_t_rise, expected[r], 1e-15) << schedule.times()[r].t;
  }
}

TEST(FitWindow, OpensOnceEvenWhereTheRootIsNotRecorded) {
  const Schedule schedule = make_schedule(100, {Kind::list, 0, {2, 9, 11, 40}});
  int openings = 0;
  for (const RecordedTime& time : schedule.times()) {
    if (time.opens_fit_window) {
      ++openings;
      EXPECT_EQ(time.t, 11.0);
    }
  }
  EXPECT_EQ(openings, 1);
  EXPECT_EQ(schedule.fits.back().window.count, 3);
}

TEST(Log10OfTime, IsWholeForPowersOfTen) {
  for (int exponent = 0; exponent <= 300; ++exponent) {
    EXPECT_EQ(log10_of_time(std::stod("1e" + std::to_string(exponent))), exponent);
  }
  EXPECT_EQ(log10_of_time(0.0), -std::numeric_limits<double>::infinity());
  for (const double t : {2.0, 999.0, 1001.0, 123'456'789.0, 9.99e200}) {
    // Logarithm and product, within an ulp each.
    EXPECT_NEAR(log10_of_time(t), std::log10(t), 3e-16 * std::log10(t)) << t;
  }
}

}  // namespace
}  // namespace logmargin::schedule_test
