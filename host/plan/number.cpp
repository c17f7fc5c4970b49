#include "host/plan/number.hpp"

#include <fmt/format.h>

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
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size()) return value;
  if (const auto whole = parse_whole(text)) return static_cast<std::uint64_t>(*whole);
  return std::nullopt;
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
