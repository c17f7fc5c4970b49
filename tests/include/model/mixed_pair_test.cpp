#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "logmargin/model/pair_exponential.hpp"
#include "tests/support/fewer_under_sanitizers.hpp"
#include "tests/support/mpfr_number.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::mixed_pair_test {
namespace {

using testing::fewer_under_sanitizers;
using testing::MpfrNumber;
using testing::RandomSource;

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

bool normalised(const Pair<float>& x) { return x.high + x.low == x.high; }

/// A pair as steps leave it: normalised, the low part of any size below half a last place.
Pair<float> random_pair_of_floats(RandomSource& random, double low_exponent, double high_exponent) {
  const auto high = static_cast<float>(random.sign() * random.log_uniform(low_exponent, high_exponent));
  const double last_place = std::ldexp(1.0, std::ilogb(high) - 23);
  return two_sum(high, static_cast<float>(last_place * random.sign() * random.log_uniform(-24.0, -1.0)));
}

TEST(MixedPair, SumsHaveNoError) {
  RandomSource random(20260901);
  for (int i = 0; i < 1'000'000; ++i) {
    // Exponents within 28 of each other, so that the exact sum is a double.
    const auto a = static_cast<float>(random.sign() * random.log_uniform(-10.0, 4.0));
    const auto b = static_cast<float>(random.sign() * random.log_uniform(-10.0, 4.0));
    const Pair<float> sum = two_sum(a, b);
    ASSERT_EQ(widen(sum), static_cast<double>(a) + static_cast<double>(b)) << a << " + " << b;
    ASSERT_TRUE(normalised(sum)) << a << " + " << b;
    const bool ordered = std::fabs(a) >= std::fabs(b);
    ASSERT_EQ(fast_two_sum(ordered ? a : b, ordered ? b : a), sum) << a << " + " << b;
  }
}

TEST(MixedPair, NearestPairOfADouble) {
  RandomSource random(20260902);
  for (int i = 0; i < 1'000'000; ++i) {
    const double z = random.sign() * random.log_uniform(-40.0, 40.0);
    const Pair<float> pair(z);
    ASSERT_TRUE(normalised(pair)) << z;
    // The high part leaves at most 2^-24 |z|, of which the low part rounds off at most 2^-24 of itself.
    ASSERT_LE(std::fabs(widen(pair) - z), 0x1p-48 * std::fabs(z)) << z;
    ASSERT_EQ(Pair<float>(widen(pair)), pair) << "a pair that is a double is its own nearest pair: " << z;
  }
}

TEST(MixedPair, NearestPairWhoseLowPartRoundsToHalfALastPlaceIsNormalised) {
  // 1 + 2^-23 is odd in its last place; the rest, just short of half a place, rounds up to the tie.
  const double z = 1.0 + 0x1p-23 + 0x1p-24 - 0x1p-51;
  const auto high = static_cast<float>(z);
  const auto low = static_cast<float>(z - static_cast<double>(high));
  ASSERT_NE(high + low, high) << "the case is not the one meant";
  EXPECT_TRUE(normalised(Pair<float>(z)));
  EXPECT_EQ(widen(Pair<float>(z)), static_cast<double>(high) + static_cast<double>(low));
}

TEST(MixedPair, DifferencesAreNormalisedAndGoodTo46Bits) {
  RandomSource random(20260903);
  for (int i = 0; i < 1'000'000; ++i) {
    const Pair<float> a = random_pair_of_floats(random, -8.0, 6.0);
    Pair<float> b = random_pair_of_floats(random, -8.0, 6.0);
    // Also neighbours, whose highs cancel.
    if (i % 4 == 0) b = two_sum(a.high, a.low + static_cast<float>(random.sign() * random.log_uniform(-40.0, -10.0)));
    const Pair<float> difference = a - b;
    const long double exact = (static_cast<long double>(a.high) - static_cast<long double>(b.high)) +
                              (static_cast<long double>(a.low) - static_cast<long double>(b.low));
    const long double computed = static_cast<long double>(difference.high) + static_cast<long double>(difference.low);
    // The lows are below 2^-24 of their highs; their difference and its sum with the highs' error round once each.
    const auto size = static_cast<long double>(std::fmax(std::fabs(a.high), std::fabs(b.high)));
    ASSERT_LE(std::fabs(computed - exact), 0x1p-46L * size) << i;
    ASSERT_TRUE(normalised(difference)) << i;
  }
}

/// |computed - e^(high + low)| in units of the last place that a float of that size has.
double float_ulp_error(float computed, const Pair<float>& x) {
  MpfrNumber exact;
  MpfrNumber low;
  mpfr_set_flt(exact.get(), x.high, MPFR_RNDN);
  mpfr_set_flt(low.get(), x.low, MPFR_RNDN);
  mpfr_add(exact.get(), exact.get(), low.get(), MPFR_RNDN);
  mpfr_exp(exact.get(), exact.get(), MPFR_RNDN);
  const auto last_place = std::max<mpfr_exp_t>(mpfr_get_exp(exact.get()) - 24, -149);
  MpfrNumber error;
  mpfr_set_flt(error.get(), computed, MPFR_RNDN);
  mpfr_sub(error.get(), error.get(), exact.get(), MPFR_RNDN);
  mpfr_mul_2si(error.get(), error.get(), -last_place, MPFR_RNDN);
  return std::fabs(mpfr_get_d(error.get(), MPFR_RNDA));
}

TEST(MixedPair, ExponentialKeepsItsUlpBoundOverTheWholeRange) {
  RandomSource random(20260904);
  std::vector<Pair<float>> arguments;
  for (int i = 0; i < fewer_under_sanitizers(300'000); ++i) {
    arguments.push_back(two_sum(static_cast<float>(random.uniform(-104.5, 88.72)), 0.0F));
    arguments.push_back(Pair<float>(random.uniform(-104.5, 88.72)));
    arguments.push_back(random_pair_of_floats(random, -149.0, 6.45));
  }
  // Beside the multiples of (ln 2)/2, where the reduced argument is largest and changes sides.
  for (int k = -302; k <= 255; ++k) {
    for (int i = -40; i <= 40; ++i) arguments.push_back(Pair<float>(k * 0.34657359027997264 + i * 3e-8));
  }
  double worst = 0.0;
  for (const Pair<float>& x : arguments) {
    const double error = float_ulp_error(exponential(x), x);
    worst = std::fmax(worst, error);
    // Over every float argument the worst is 0.812; a low part adds its own rounding.
    ASSERT_LE(error, 0.85) << x.high << " + " << x.low;
  }
  std::cout << arguments.size() << " arguments, worst error " << worst << " ulp\n";
}

TEST(MixedPair, ExponentialAtTheEnds) {
  const auto of = [](float x) { return exponential(Pair<float>(x, 0.0F)); };
  EXPECT_EQ(of(0.0F), 1.0F);
  EXPECT_EQ(of(-0.0F), 1.0F);
  EXPECT_EQ(of(0x1.62e42ep+6F), 0x1.ffff08p+127F) << "the largest argument with a finite result";
  EXPECT_EQ(of(0x1.62e430p+6F), infinity);
  EXPECT_EQ(of(-0x1.9fe368p+6F), 0x1p-149F) << "the least argument with a result above 0";
  EXPECT_EQ(of(-0x1.9fe36ap+6F), 0.0F);
  EXPECT_EQ(of(infinity), infinity);
  EXPECT_EQ(of(-infinity), 0.0F);
  EXPECT_TRUE(std::isnan(of(not_a_number)));
  // Far outside, the low part alone is larger than the whole range of the function.
  EXPECT_EQ(exponential(Pair<float>(-1e10F, 511.0F)), 0.0F);
  EXPECT_EQ(exponential(Pair<float>(1e10F, -511.0F)), infinity);
  EXPECT_EQ(exponential(Pair<float>(infinity, not_a_number)), infinity);
}

TEST(MixedPair, AWeightOfZeroKeepsEveryBit) {
  RandomSource random(20260905);
  for (int i = 0; i < 1'000'000; ++i) {
    const Pair<float> z = random_pair_of_floats(random, -30.0, 30.0);
    const Pair<float> rate(random.sign() * random.log_uniform(-10.0, 10.0));
    const Pair<float> after = lane<Pair<float>>::fma(rate, 0.0F, z);
    ASSERT_EQ(std::memcmp(&after, &z, sizeof z), 0) << z.high << " + " << z.low;
  }
}

TEST(MixedPair, UpdatesErrByAFloatsRoundingAndByTheLowPartsLastPlace) {
  RandomSource random(20260906);
  for (int i = 0; i < 1'000'000; ++i) {
    const Pair<float> z = random_pair_of_floats(random, -10.0, 6.0);
    const Pair<float> rate(random.log_uniform(-7.0, 3.0));
    const auto weight = static_cast<float>(random.log_uniform(-45.0, 4.0));
    const Pair<float> after = lane<Pair<float>>::fma(rate, weight, z);
    const long double update = static_cast<long double>(widen(rate)) * static_cast<long double>(weight);
    const auto difference = [](float a, float b) { return static_cast<long double>(a) - static_cast<long double>(b); };
    const long double moved = difference(after.high, z.high) + difference(after.low, z.low);
    // The product rounds to 2^-24 of itself (1.5 times, with its own low part), and so does its sum with z.low.
    const long double allowed = 0x1p-24L * (2.5L * update + std::fabs(static_cast<long double>(z.low)));
    ASSERT_LE(std::fabs(moved - update), allowed) << z.high << ' ' << z.low << ' ' << weight;
    ASSERT_TRUE(normalised(after));
  }
}

TEST(MixedPair, ARateBetweenTwoFloatsGivesNoBias) {
  RandomSource random(20260907);
  // Almost half way to the next float.
  constexpr double rate = 0x1.3579bep+0 + 0.49 * 0x1p-23;
  constexpr int weights = 200'000;
  double sum = 0.0;
  for (int i = 0; i < weights; ++i) {
    const auto weight = static_cast<float>(random.log_uniform(-20.0, 0.0));
    const Pair<float> update = lane<Pair<float>>::fma(Pair<float>(rate), weight, Pair<float>(0.0));
    const double exact = rate * static_cast<double>(weight);
    sum += (widen(update) - exact) / exact;
  }
  // Roundings of some 2^-25.5 each cancel to 2^-34; a rate rounded to a float would leave 2^-24.3.
  EXPECT_LT(std::fabs(sum / weights), 0x1p-31);
}

}  // namespace
}  // namespace logmargin::mixed_pair_test
