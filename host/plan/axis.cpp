#include "host/plan/axis.hpp"

#include <fmt/format.h>

#include <cmath>

#include "host/plan/number.hpp"
#include "logmargin/numerics/exponential.hpp"
#include "logmargin/numerics/logarithm.hpp"

namespace logmargin {

namespace {

constexpr double most_values = 1e6;

/// Returns the value rounded to 12 digits, so that 0.01:1:3log holds 0.1 and not its neighbour. Returns the value
/// itself where rounding would move it by more than 1e-3 of its distance from the previous value.
double rounded(double value, double previous) {
  const double neat = parse_number(fmt::format("{:.12g}", value)).value_or(value);
  return std::abs(neat - value) <= 1e-3 * std::abs(value - previous) ? neat : value;
}

void append_range(std::vector<double>& values, std::string_view option, const std::string& text) {
  constexpr std::string_view allowed =
      "a range is LO:HI:COUNT or LO:HI:COUNTlog, with COUNT a whole number from 1 to 1e6";
  const std::vector<std::string> parts = split(text, ':');
  if (parts.size() != 3) reject(option, text, allowed);
  std::string count_text = parts[2];
  const bool logarithmic = count_text.ends_with("log");
  if (logarithmic) count_text.resize(count_text.size() - 3);
  const auto low = parse_number(parts[0]);
  const auto high = parse_number(parts[1]);
  const auto count = parse_whole(count_text);
  if (!low || !high || !count || *count < 1.0 || *count > most_values) reject(option, text, allowed);
  if (logarithmic && (*low <= 0.0 || *high <= 0.0)) reject(option, text, "both ends of a log range must be > 0");
  if (*count == 1.0 && *low != *high) reject(option, text, "a range of one value needs LO = HI");
  // The program's own exp and log give every machine the same values.
  const double ratio = logarithmic ? logarithm(*high / *low) : 0.0;
  for (double i = 0.0; i < *count; ++i) {
    const double fraction = *count > 1.0 ? i / (*count - 1.0) : 0.0;
    const double between =
        logarithmic ? *low * exponential(ratio * fraction) : *low * (1.0 - fraction) + *high * fraction;
    if (!std::isfinite(between)) reject(option, text, "LO and HI are too far apart");
    values.push_back(i == 0.0 ? *low : i == *count - 1.0 ? *high : rounded(between, values.back()));
  }
}

}  // namespace

std::vector<double> parse_number_axis(std::string_view option, std::string_view text, std::string_view allowed,
                                      const std::function<bool(double)>& accepts) {
  std::vector<double> values;
  for (const std::string& piece : split(text, ',')) {
    const std::size_t before = values.size();
    if (piece.find(':') != std::string::npos) {
      append_range(values, option, piece);
    } else {
      const auto value = parse_number(piece);
      if (!value) reject(option, piece, allowed);
      values.push_back(*value);
    }
    for (std::size_t i = before; i < values.size(); ++i) {
      if (!accepts(values[i])) reject(option, piece, allowed);
    }
    if (static_cast<double>(values.size()) > most_values) reject(option, text, "at most 1e6 values");
  }
  return values;
}

}  // namespace logmargin
