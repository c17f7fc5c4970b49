#pragma once

#include "logmargin/initial/initialise.hpp"

namespace logmargin {

/// Returns a chi-squared number with so many degrees of freedom, at least 2. It is twice a Gamma number, drawn by
/// rejection (G. Marsaglia, W. W. Tsang, ACM Transactions on Mathematical Software 26, 2000). block(attempt) is a
/// RandomPair of its own for each attempt, of which there are 1.05 on average, fewer for many degrees.
template <class Block>
LOGMARGIN_HOST_DEVICE double chi_squared(double degrees, const Block& block) {
  const double d = degrees / 2.0 - 1.0 / 3.0;
  const double c = 1.0 / lane<double>::sqrt(9.0 * d);
  for (std::uint32_t attempt = 0;; ++attempt) {
    const RandomPair random = block(attempt);
    const double normal = normal_quantile(open_unit(random.first));
    const double root = 1.0 + c * normal;
    if (root <= 0.0) continue;
    const double v = root * root * root;
    if (logarithm(open_unit(random.second)) < 0.5 * normal * normal + d * (1.0 - v + logarithm(v))) return 2.0 * d * v;
  }
}

}  // namespace logmargin
