#pragma once

#include "logmargin/lane.hpp"

namespace logmargin {

/// Floating-point operations of a formula, by the unit that carries them out.
struct OperationCount {
  int fused_multiply_adds = 0;
  int multiplications = 0;
  int additions = 0;
  int comparisons_and_limits = 0;

  int all() const { return fused_multiply_adds + multiplications + additions + comparisons_and_limits; }
  /// What the FMA units must do on every processor; additions have units of their own on some.
  int on_fma_units() const { return fused_multiply_adds + multiplications; }
};

/// A lane type that counts what is asked of it: the formulas are counted by running them.
struct CountingLane {
  explicit CountingLane(double x) : value(x) {}
  CountingLane(double x, OperationCount* counter) : value(x), count(counter) {}

  double value = 0.0;
  OperationCount* count = nullptr;  ///< of constants null: an operation counts with any operand that has one
};

template <>
struct lane<CountingLane> {
  using mask = bool;
  using bits = std::uint64_t;

  static CountingLane fma(CountingLane a, CountingLane b, CountingLane c) {
    OperationCount* count = a.count != nullptr ? a.count : b.count != nullptr ? b.count : c.count;
    if (count != nullptr) ++count->fused_multiply_adds;
    return {std::fma(a.value, b.value, c.value), count};
  }
  static CountingLane select(bool condition, CountingLane yes, CountingLane no) { return condition ? yes : no; }
  static CountingLane clamp(CountingLane x, double low, double high) {
    if (x.count != nullptr) x.count->comparisons_and_limits += 2;
    return {lane<double>::clamp(x.value, low, high), x.count};
  }
  /// Integer work is not counted, and cuts the thread of the counting: scale factors are operands of later products.
  static bits to_bits(CountingLane x) { return lane<double>::to_bits(x.value); }
  static CountingLane from_bits(bits b) { return CountingLane(lane<double>::from_bits(b)); }
};

inline OperationCount* counter_of(CountingLane a, CountingLane b) { return a.count != nullptr ? a.count : b.count; }

inline CountingLane operator*(CountingLane a, CountingLane b) {
  OperationCount* count = counter_of(a, b);
  if (count != nullptr) ++count->multiplications;
  return {a.value * b.value, count};
}

inline CountingLane operator+(CountingLane a, CountingLane b) {
  OperationCount* count = counter_of(a, b);
  if (count != nullptr) ++count->additions;
  return {a.value + b.value, count};
}

inline CountingLane operator-(CountingLane a, CountingLane b) {
  OperationCount* count = counter_of(a, b);
  if (count != nullptr) ++count->additions;
  return {a.value - b.value, count};
}

inline CountingLane operator-(CountingLane a) { return {-a.value, a.count}; }

inline bool operator>(CountingLane a, CountingLane b) {
  if (OperationCount* count = counter_of(a, b)) ++count->comparisons_and_limits;
  return a.value > b.value;
}

/// Of one gradient step of one network whose points are both alive.
OperationCount count_gradient_step(bool coupled);

/// Of one step of one settled point.
OperationCount count_settled_step();

}  // namespace logmargin
