#include "host/plan/number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "host/error.hpp"

namespace logmargin {

void reject(std::string_view option, std::string_view value, std::string_view allowed) {
  constexpr std::size_t most_quoted = 200;
  throw OptionError(
      std::string(option),
      value.size() <= most_quoted ? std::string(value) : std::string(value.substr(0, most_quoted)) + "...",
      std::string(allowed));
}

std::optional<double> parse_number(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<double> parse_whole(std::string_view text) {
  const auto value = parse_number(text);
  if (!value || *value < 0.0 || *value > 0x1p53 || std::floor(*value) != *value) return std::nullopt;
  return *value + 0.0;
}

std::optional<double> parse_time(std::string_view text) {
  const auto value = parse_number(text);
  if (!value || *value < 0.0 || *value > 1e300) return std::nullopt;
  return *value + 0.0;
}

std::optional<double> parse_step_count(std::string_view text) {
  const auto time = parse_time(text);
  return time && std::floor(*time) == *time ? time : std::nullopt;
}

std::optional<std::uint64_t> parse_unsigned(std::string_view text) {
  const std::optional<double> about = parse_number(text);
  if (!about || *about < 0.0 || *about > 0x1p64) return std::nullopt;
  if (*about == 0.0) return 0;
  // A double has too few digits, so that the digits of the text are read.
  const std::size_t mark = std::min(text.find_first_of("eE"), text.size());
  std::string digits(text.substr(0, mark));
  std::erase(digits, '+');
  const std::size_t point = std::min(digits.find('.'), digits.size());
  std::erase(digits, '.');
  const double exponent = mark == text.size() ? 0.0 : parse_number(text.substr(mark + 1)).value_or(0.0);
  const double places = static_cast<double>(point) + exponent;  // before the decimal point
  if (places <= 0.0) return std::nullopt;
  // There are at most twenty digits after the leading zeros, so that zeros are put on only where digits are few.
  const auto whole = static_cast<std::size_t>(places);
  if (whole > digits.size()) {
    digits.append(whole - digits.size(), '0');
  } else if (digits.find_first_not_of('0', whole) != std::string::npos) {
    return std::nullopt;
  }
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + whole, value);
  if (error != std::errc{} || end != digits.data() + whole) return std::nullopt;
  return value;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> pieces;
  for (;;) {
    const std::size_t at = text.find(separator);
    pieces.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return pieces;
    text.remove_prefix(at + 1);
  }
}

std::string number_text(double value) {
  if (std::floor(value) == value && std::abs(value) < 1e15) return fmt::format("{:.0f}", value + 0.0);
  std::array<char, 32> text{};
  const auto result = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), result.ptr};
}

}  // namespace logmargin
