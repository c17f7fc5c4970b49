#pragma once

#include <cstddef>

namespace logmargin {

/// How a lane type is read from and written to columns.
template <class V>
struct lane_memory;

template <>
struct lane_memory<double> {
  static constexpr std::size_t width = 1;
  [[gnu::always_inline]] static double load(const double* from) { return *from; }
  [[gnu::always_inline]] static void store(double value, double* to) { *to = value; }
};

}  // namespace logmargin
