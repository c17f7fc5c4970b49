#pragma once

#include <cstdint>

#include "host/plan/precision.hpp"
#include "logmargin/model/pair.hpp"

namespace logmargin {

/// OperationCount counts the floating-point operations of a formula, by the unit that carries them out. It may be an
/// average over several steps.
struct OperationCount {
  double fused_multiply_adds = 0;
  double multiplications = 0;
  double additions = 0;
  double comparisons_and_limits = 0;

  double all() const { return arithmetic() + comparisons_and_limits; }
  /// Returns the count without comparisons, which a GPU has other units for in single precision.
  double arithmetic() const { return fused_multiply_adds + multiplications + additions; }
  /// Returns what the FMA units must do on every processor; additions have units of their own on some.
  double on_fma_units() const { return fused_multiply_adds + multiplications; }
};

/// CountingLaneOf is a lane type that counts what is asked of it: the formulas are counted by running them. T is double
/// or float.
template <class T>
struct CountingLaneOf {
  CountingLaneOf() = default;
  explicit CountingLaneOf(T x) : value(x) {}
  CountingLaneOf(T x, OperationCount* counter) : value(x), count(counter) {}

  T value = 0;
  OperationCount* count = nullptr;  ///< of constants null: an operation counts with any operand that has one
};

using CountingLane = CountingLaneOf<double>;
using CountingPair = Pair<CountingLaneOf<float>>;

template <class T>
struct lane<CountingLaneOf<T>> {
  using scalar = T;
  using mask = bool;
  using bits = typename lane<T>::bits;
  using counting = CountingLaneOf<T>;

  static counting fma(counting a, counting b, counting c) {
    OperationCount* count = a.count != nullptr ? a.count : b.count != nullptr ? b.count : c.count;
    if (count != nullptr) ++count->fused_multiply_adds;
    return {std::fma(a.value, b.value, c.value), count};
  }
  static counting select(bool condition, counting yes, counting no) { return condition ? yes : no; }
  static bool in_every_lane(bool holds) { return holds; }
  static counting clamp(counting x, T low, T high) {
    if (x.count != nullptr) x.count->comparisons_and_limits += 2;
    return {lane<T>::clamp(x.value, low, high), x.count};
  }
  /// Integer work is not counted, and what comes of it has no counter: scale factors are operands of later products.
  static bits to_bits(counting x) { return lane<T>::to_bits(x.value); }
  static counting from_bits(bits b) { return counting(lane<T>::from_bits(b)); }
};

template <class T>
OperationCount* counter_of(CountingLaneOf<T> a, CountingLaneOf<T> b) {
  return a.count != nullptr ? a.count : b.count;
}

template <class T>
CountingLaneOf<T> operator*(CountingLaneOf<T> a, CountingLaneOf<T> b) {
  OperationCount* count = counter_of(a, b);
  if (count != nullptr) ++count->multiplications;
  return {a.value * b.value, count};
}

template <class T>
CountingLaneOf<T> operator+(CountingLaneOf<T> a, CountingLaneOf<T> b) {
  OperationCount* count = counter_of(a, b);
  if (count != nullptr) ++count->additions;
  return {a.value + b.value, count};
}

template <class T>
CountingLaneOf<T> operator-(CountingLaneOf<T> a, CountingLaneOf<T> b) {
  OperationCount* count = counter_of(a, b);
  if (count != nullptr) ++count->additions;
  return {a.value - b.value, count};
}

template <class T>
CountingLaneOf<T> operator-(CountingLaneOf<T> a) {
  return {-a.value, a.count};
}

template <class T>
bool operator>(CountingLaneOf<T> a, CountingLaneOf<T> b) {
  if (OperationCount* count = counter_of(a, b)) ++count->comparisons_and_limits;
  return a.value > b.value;
}

template <class T>
bool operator<(CountingLaneOf<T> a, CountingLaneOf<T> b) {
  return b > a;
}

template <class T>
bool operator<=(CountingLaneOf<T> a, CountingLaneOf<T> b) {
  if (OperationCount* count = counter_of(a, b)) ++count->comparisons_and_limits;
  return a.value <= b.value;
}

template <class T>
bool operator==(CountingLaneOf<T> a, CountingLaneOf<T> b) {
  if (OperationCount* count = counter_of(a, b)) ++count->comparisons_and_limits;
  return a.value == b.value;
}

/// Counts one step of one network at which no wrong neuron fires, from t on, on average over a round. Precondition: t
/// is a multiple of round_steps.
OperationCount count_step(Precision precision, bool coupled, std::int64_t t);

}  // namespace logmargin
