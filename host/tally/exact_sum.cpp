#include "host/tally/exact_sum.hpp"

#include <cmath>

namespace logmargin {

namespace {

/// Returns a + b, wrapped where it leaves the range. Files that no run wrote may hold such sums: then the result means
/// nothing, but is defined.
std::int64_t wrapped_sum(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

}  // namespace

void ExactSum::add(double value, std::uint64_t times) {
  add_parts(value, static_cast<std::int64_t>(times));
  pending_ += static_cast<std::uint32_t>(2 * times);
  if (pending_ >= carry_after) carry();
}

void ExactSum::add_all(std::span<const double> values) {
  for (const double value : values) add_parts(value, 1);
  pending_ += static_cast<std::uint32_t>(2 * values.size());
  if (pending_ >= carry_after) carry();
}

void ExactSum::add_digits(const std::array<std::int64_t, digits>& summed) {
  for (std::size_t i = 0; i < digits; ++i) digit_[i] += summed[i];
  carry();
}

void ExactSum::carry() {
  std::int64_t carried = 0;
  for (std::size_t i = 0; i + 1 < digits; ++i) {
    const std::int64_t whole = digit_[i] + carried;
    carried = whole >> long_digit_bits;
    digit_[i] = whole - (carried << long_digit_bits);
  }
  digit_[digits - 1] = wrapped_sum(digit_[digits - 1], carried);
  pending_ = 1;
}

ExactSum& ExactSum::operator+=(const ExactSum& other) {
  for (std::size_t i = 0; i < digits; ++i) digit_[i] = wrapped_sum(digit_[i], other.digit_[i]);
  pending_ += other.pending_;
  if (pending_ >= carry_after) carry();
  return *this;
}

std::array<std::int64_t, long_sum_digits> ExactSum::carried_digits() const {
  ExactSum carried = *this;
  carried.carry();
  return carried.digit_;
}

double ExactSum::rounded() const {
  // Carried digits are 0 ... 2^32 - 1 below a top one that bears the sign. A negative number is replaced by its
  // opposite.
  ExactSum magnitude = *this;
  magnitude.carry();
  const bool negative = magnitude.digit_[digits - 1] < 0;
  if (negative) {
    for (auto& digit : magnitude.digit_) digit = wrapped_sum(~digit, 1);
    magnitude.carry();
  }
  int top = long_sum_digits - 1;
  while (top > 0 && magnitude.digit_[static_cast<std::size_t>(top)] == 0) --top;
  double sum = 0.0;
  for (int i = top > 2 ? top - 2 : 0; i <= top; ++i) {
    sum += std::ldexp(static_cast<double>(magnitude.digit_[static_cast<std::size_t>(i)]), long_digit_bits * i - 1074);
  }
  return negative ? -sum : sum;
}

}  // namespace logmargin
