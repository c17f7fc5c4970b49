#include "logmargin/measure/rate_fit.hpp"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <iostream>
#include <vector>

#include "logmargin/measure/fit_window.hpp"
#include "tests/support/fewer_under_sanitizers.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::rate_fit_test {
namespace {

using testing::fewer_under_sanitizers;
using testing::RandomSource;

/// Recorded t of a window, centred as the tracks are told.
struct Window {
  std::vector<RecordedTime> times;
  FitWindow sums{};

  Window(double first, double last, int count) {
    long double mean_ln = 0.0L, mean_ln_ln = 0.0L;
    for (int i = 0; i < count; ++i) {
      const double t = std::round(first * std::pow(last / first, i / (count - 1.0)));
      times.push_back({t, 0.0, 0.0, true, i == 0});
      mean_ln += std::log(static_cast<long double>(t)) / count;
      mean_ln_ln += std::log(std::log(static_cast<long double>(t))) / count;
    }
    sums = {count, static_cast<double>(mean_ln), 0.0, 0.0};
    for (RecordedTime& time : times) {
      const long double ln_t = std::log(static_cast<long double>(time.t));
      time.centred_ln_t = static_cast<double>(ln_t - mean_ln);
      time.centred_ln_ln_t = static_cast<double>(std::log(ln_t) - mean_ln_ln);
      sums.sum_of_squares_ln_t += time.centred_ln_t * time.centred_ln_t;
      sums.sum_of_squares_ln_ln_t += time.centred_ln_ln_t * time.centred_ln_ln_t;
    }
    set_fit_nodes(times, sums);
  }
};

using Gaps = std::vector<double>;

Gaps gaps_of(const Window& window, const std::function<double(double)>& law) {
  Gaps gaps;
  for (const RecordedTime& time : window.times) gaps.push_back(law(time.t));
  return gaps;
}

RateFit fit(const Window& window, const Gaps& gaps) {
  FitSums<double> sums{};
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    add(sums, window.times[i], gaps[i]);
  }
  return fit_rates(sums, window.sums);
}

struct Line {
  long double slope, residual, total;
};

/// Weighted least squares of y = alpha + beta x, in two passes.
Line least_squares(const std::vector<long double>& x, const std::vector<long double>& y,
                   const std::vector<long double>& weight) {
  long double weights = 0, mean_x = 0, mean_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    weights += weight[i];
    mean_x += weight[i] * x[i];
    mean_y += weight[i] * y[i];
  }
  mean_x /= weights;
  mean_y /= weights;
  long double xx = 0, xy = 0, yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += weight[i] * (x[i] - mean_x) * (x[i] - mean_x);
    xy += weight[i] * (x[i] - mean_x) * (y[i] - mean_y);
    yy += weight[i] * (y[i] - mean_y) * (y[i] - mean_y);
  }
  const long double slope = xy / xx;
  long double residual = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const long double miss = y[i] - mean_y - slope * (x[i] - mean_x);
    residual += weight[i] * miss * miss;
  }
  return {slope, residual, yy};
}

/// Least squares of ln gap = -ln(alpha + beta ln t) over all points: a fine search over beta/alpha in the middle of the
/// window, between the values at which 1/gap would be zero at one of its ends.
long double inverse_log_least_squares(const std::vector<long double>& ln_t, const std::vector<long double>& ln_gap) {
  const long double middle = (ln_t.front() + ln_t.back()) / 2.0L;
  const long double half = (ln_t.back() - ln_t.front()) / 2.0L;
  const auto residual = [&](long double bend) {
    long double sum = 0.0L, squares = 0.0L;
    std::vector<long double> miss;
    for (std::size_t i = 0; i < ln_t.size(); ++i) {
      miss.push_back(ln_gap[i] + std::log1p(bend * (ln_t[i] - middle) / half));
      sum += miss.back();
    }
    for (const long double value : miss) {
      const long double left = value - sum / static_cast<long double>(miss.size());
      squares += left * left;
    }
    return squares;
  };
  constexpr int grid = 100;
  const auto bend_at = [&](int k) { return std::sin(1.5707963267948966L * k / grid); };
  int best = 0;
  long double least = residual(0.0L);
  for (int k = -grid + 1; k < grid; ++k) {
    const long double found = residual(bend_at(k));
    if (found < least) {
      least = found;
      best = k;
    }
  }
  long double low = bend_at(best - 1);
  long double high = bend_at(best + 1);
  for (int i = 0; i < 100; ++i) {
    const long double third = (high - low) / 3.0L;
    if (residual(low + third) < residual(high - third)) {
      high -= third;
    } else {
      low += third;
    }
  }
  return residual((low + high) / 2.0L);
}

struct ExpectedFit {
  Line inverse, log_log, power;
  std::array<long double, 3> residuals;  ///< in ln gap, in the order of FittedLaw
};

ExpectedFit expected_fit(const Window& window, const Gaps& gaps) {
  std::vector<long double> ln_t, ln_ln_t, inverse, ln_gap, ones;
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    ln_t.push_back(std::log(static_cast<long double>(window.times[i].t)));
    ln_ln_t.push_back(std::log(ln_t.back()));
    inverse.push_back(1.0L / gaps[i]);
    ln_gap.push_back(std::log(static_cast<long double>(gaps[i])));
    ones.push_back(1.0L);
  }
  const Line log_log = least_squares(ln_ln_t, ln_gap, ones);
  const Line power = least_squares(ln_t, ln_gap, ones);
  return {least_squares(ln_t, inverse, ones),
          log_log,
          power,
          {inverse_log_least_squares(ln_t, ln_gap), log_log.residual, power.residual}};
}

/// Sums of some tens of terms, each within a few epsilon, over differences no smaller than 1e-3 of them.
constexpr double relative = 1e-11;

const Window default_window(1e3, 1e6, 25);

TEST(RateFit, ExactInverseLogLaw) {
  for (const double constant : {1e-6, 0.37, 12.5}) {
    const RateFit rates =
        fit(default_window, gaps_of(default_window, [&](double t) { return constant / std::log(t); }));
    EXPECT_NEAR(rates.inverse_log_constant, constant, relative * constant);
    EXPECT_NEAR(rates.inverse_log_r2, 1.0, relative);
    EXPECT_NEAR(rates.log_exponent, 1.0, relative);
    EXPECT_NE(rates.best, FittedLaw::power_exponent);
    EXPECT_NE(rates.best, FittedLaw::undefined);
  }
}

TEST(RateFit, ShiftedInverseLogLawIsToldFromTheOthers) {
  const RateFit rates =
      fit(default_window, gaps_of(default_window, [](double t) { return 1.0 / (7.0 + 2.0 * std::log(t)); }));
  EXPECT_NEAR(rates.inverse_log_constant, 0.5, relative);
  EXPECT_LT(rates.log_exponent, 0.95);
  EXPECT_EQ(rates.best, FittedLaw::inverse_log);
}

TEST(RateFit, ExactPowerLaw) {
  for (const double exponent : {1.0, 0.5, 0.05}) {
    const RateFit rates =
        fit(default_window, gaps_of(default_window, [&](double t) { return 3.0 * std::pow(t, -exponent); }));
    EXPECT_NEAR(rates.power_exponent, exponent, relative);
    EXPECT_EQ(rates.best, FittedLaw::power_exponent);
  }
}

TEST(RateFit, ExactPowerOfTheLogarithm) {
  for (const double exponent : {2.0, 0.5, 3.0}) {
    const RateFit rates =
        fit(default_window, gaps_of(default_window, [&](double t) { return std::pow(std::log(t), -exponent); }));
    EXPECT_NEAR(rates.log_exponent, exponent, relative);
    EXPECT_EQ(rates.best, FittedLaw::log_exponent);
  }
}

TEST(RateFit, AgreesWithLeastSquaresInLongDouble) {
  RandomSource random(20260330);
  std::array<int, 3> best{};
  for (int trial = 0; trial < fewer_under_sanitizers(3000); ++trial) {
    const Window window(10.0 + static_cast<double>(random.below(1000)), random.log_uniform(12.0, 60.0),
                        4 + static_cast<int>(random.below(40)));
    const double noise = random.log_uniform(-12.0, -1.0);
    const double p = random.uniform(0.3, 2.5);
    const double q = random.below(3) == 0 ? random.uniform(0.0, 0.5) : 0.0;
    const double shift = random.uniform(0.0, 20.0);
    const double scale = random.log_uniform(-10.0, 3.0);
    const Gaps gaps = gaps_of(window, [&](double t) {
      const double law = std::pow(shift + std::log(t), -p) * std::pow(t, -q);
      return scale * law * (1.0 + noise * random.normal() / 8.0);
    });
    const RateFit rates = fit(window, gaps);
    const ExpectedFit expected = expected_fit(window, gaps);
    const auto near = [&](double computed, long double exact) {
      return std::fabs(computed - exact) <= 1e-9L * (1e-3L + std::fabs(exact));
    };
    EXPECT_TRUE(near(1.0 / rates.inverse_log_constant, expected.inverse.slope) ||
                near(rates.inverse_log_constant, 1.0L / expected.inverse.slope))
        << trial;
    EXPECT_TRUE(near(rates.inverse_log_r2, 1.0L - expected.inverse.residual / expected.inverse.total)) << trial;
    EXPECT_TRUE(near(rates.log_exponent, -expected.log_log.slope)) << trial;
    EXPECT_TRUE(near(rates.power_exponent, -expected.power.slope)) << trial;
    std::size_t least = 0;
    for (std::size_t law = 1; law < 3; ++law) {
      if (expected.residuals[law] < expected.residuals[least]) least = law;
    }
    // Residuals closer than the cancellation in them do not tell the laws apart.
    const long double reported = expected.residuals[static_cast<std::size_t>(rates.best)];
    EXPECT_LE(reported, expected.residuals[least] * (1.0L + 1e-6L) + 1e-11L * expected.power.total) << trial;
    ++best[least];
  }
  for (const int count : best) EXPECT_GT(count, fewer_under_sanitizers(100));
}

void expect_undefined(const RateFit& rates) {
  EXPECT_TRUE(std::isnan(rates.inverse_log_constant));
  EXPECT_TRUE(std::isnan(rates.inverse_log_r2));
  EXPECT_TRUE(std::isnan(rates.log_exponent));
  EXPECT_TRUE(std::isnan(rates.power_exponent));
  EXPECT_EQ(rates.best, FittedLaw::undefined);
}

TEST(RateFit, AGapOfZeroOrNotFiniteAnywhereLeavesAllUndefined) {
  for (const double gap : {0.0, HUGE_VAL, std::nan("")}) {
    for (const std::size_t at : {std::size_t{0}, std::size_t{7}, std::size_t{24}}) {
      Gaps gaps = gaps_of(default_window, [](double t) { return 1.0 / std::log(t); });
      gaps[at] = gap;
      expect_undefined(fit(default_window, gaps));
    }
  }
}

TEST(RateFit, FewerThanThreeRecordedTimesLeaveAllUndefined) {
  const Window pair(1e3, 1e6, 2);
  expect_undefined(fit(pair, gaps_of(pair, [](double t) { return 1.0 / std::log(t); })));
  const Window triple(1e3, 1e6, 3);
  EXPECT_NEAR(fit(triple, gaps_of(triple, [](double t) { return 1.0 / std::log(t); })).inverse_log_constant, 1.0,
              relative);
}

TEST(RateFit, AFlatGapHasExponentsOfZero) {
  const RateFit rates = fit(default_window, Gaps(default_window.times.size(), 0.25));
  EXPECT_EQ(rates.log_exponent, 0.0);
  EXPECT_EQ(rates.power_exponent, 0.0);
}

}  // namespace
}  // namespace logmargin::rate_fit_test
