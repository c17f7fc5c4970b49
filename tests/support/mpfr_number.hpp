#pragma once

#include <mpfr.h>

#include <algorithm>
#include <cmath>

namespace logmargin::testing {

/// An MPFR variable that frees itself.
class MpfrNumber {
 public:
  explicit MpfrNumber(mpfr_prec_t precision = 160) { mpfr_init2(value_, precision); }
  MpfrNumber(const MpfrNumber&) = delete;
  MpfrNumber& operator=(const MpfrNumber&) = delete;
  ~MpfrNumber() { mpfr_clear(value_); }

  mpfr_ptr get() { return value_; }
  mpfr_srcptr get() const { return value_; }

 private:
  mpfr_t value_;
};

/// |computed - exact| in units of the last place that a double of the exact value's size has.
///
/// An infinite result counts as +-2^1024, the value it rounds from. Precondition: exact is a number, computed not NaN.
inline double ulp_error(double computed, const MpfrNumber& exact) {
  MpfrNumber difference(mpfr_get_prec(exact.get()) + 64);
  if (std::isinf(computed)) {
    mpfr_set_ui_2exp(difference.get(), 1, 1024, MPFR_RNDN);
    if (computed < 0.0) mpfr_neg(difference.get(), difference.get(), MPFR_RNDN);
    // Beyond 2^1024 infinity is the right answer.
    if (mpfr_cmpabs(exact.get(), difference.get()) >= 0 && mpfr_sgn(exact.get()) == mpfr_sgn(difference.get())) {
      return 0.0;
    }
  } else {
    mpfr_set_d(difference.get(), computed, MPFR_RNDN);
  }
  mpfr_sub(difference.get(), difference.get(), exact.get(), MPFR_RNDN);
  const mpfr_exp_t exponent = mpfr_zero_p(exact.get()) ? -1073 : mpfr_get_exp(exact.get());
  const auto last_place = std::clamp<mpfr_exp_t>(exponent - 53, -1074, 971);
  mpfr_mul_2si(difference.get(), difference.get(), -last_place, MPFR_RNDN);
  return std::fabs(mpfr_get_d(difference.get(), MPFR_RNDA));
}

}  // namespace logmargin::testing
