#include "host/tally/exact_sum.hpp"

#include <bit>
#include <cmath>

namespace logmargin {

void ExactSum::add(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const auto biased = static_cast<unsigned>(bits >> 52) & 0x7ffU;
  const std::uint64_t fraction = bits & 0x000fffffffffffffU;
  const std::uint64_t mantissa = biased == 0 ? fraction : fraction | 0x0010000000000000U;
  const unsigned offset = biased == 0 ? 0 : biased - 1;
  const unsigned low = offset / digit_bits;
  const unsigned shift = offset % digit_bits;
  // 53 + 31 bits at most: three digits.
  const std::uint64_t bottom = (mantissa & 0xffffffffU) << shift;
  const std::uint64_t top = (mantissa >> 32) << shift;
  const std::uint64_t middle = (bottom >> 32) + (top & 0xffffffffU);
  const std::int64_t sign = (bits >> 63) != 0 ? -1 : 1;
  digit_[low] += sign * static_cast<std::int64_t>(bottom & 0xffffffffU);
  digit_[low + 1] += sign * static_cast<std::int64_t>(middle);
  digit_[low + 2] += sign * static_cast<std::int64_t>(top >> 32);
  pending_ += 2;
  if (pending_ >= carry_after) carry();
}

void ExactSum::carry() {
  std::int64_t carried = 0;
  for (std::size_t i = 0; i + 1 < digits; ++i) {
    const std::int64_t whole = digit_[i] + carried;
    carried = whole >> digit_bits;
    digit_[i] = whole - (carried << digit_bits);
  }
  digit_[digits - 1] += carried;
  pending_ = 1;
}

ExactSum& ExactSum::operator+=(const ExactSum& other) {
  for (std::size_t i = 0; i < digits; ++i) digit_[i] += other.digit_[i];
  pending_ += other.pending_;
  if (pending_ >= carry_after) carry();
  return *this;
}

double ExactSum::rounded() const {
  // Carried digits are 0 ... 2^32 - 1 below a top one that bears the sign; of a negative number take the opposite.
  ExactSum magnitude = *this;
  magnitude.carry();
  const bool negative = magnitude.digit_[digits - 1] < 0;
  if (negative) {
    for (auto& digit : magnitude.digit_) digit = -digit;
    magnitude.carry();
  }
  int top = digits - 1;
  while (top > 0 && magnitude.digit_[static_cast<std::size_t>(top)] == 0) --top;
  double sum = 0.0;
  for (int i = top > 2 ? top - 2 : 0; i <= top; ++i) {
    sum += std::ldexp(static_cast<double>(magnitude.digit_[static_cast<std::size_t>(i)]), digit_bits * i - 1074);
  }
  return negative ? -sum : sum;
}

}  // namespace logmargin
