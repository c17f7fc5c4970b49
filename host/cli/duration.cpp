#include "host/cli/duration.hpp"

#include <cmath>
#include <optional>

#include "host/plan/number.hpp"

namespace logmargin {

namespace {

constexpr double minute = 60.0;
constexpr double hour = 3600.0;
constexpr double day = 86400.0;

/// Reads a number without sign or exponent.
std::optional<double> parse_plain(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789.") != std::string_view::npos) return std::nullopt;
  return parse_number(text);
}

std::optional<double> parse_with_units(std::string_view text) {
  double seconds = 0.0;
  double last_unit = 2.0 * day;
  while (!text.empty()) {
    const std::size_t at = text.find_first_not_of("0123456789.");
    if (at == std::string_view::npos) return std::nullopt;
    const char letter = text[at];
    const double unit = letter == 'd'   ? day
                        : letter == 'h' ? hour
                        : letter == 'm' ? minute
                        : letter == 's' ? 1.0
                                        : last_unit;
    const auto count = parse_plain(text.substr(0, at));
    if (!count || unit >= last_unit) return std::nullopt;
    seconds += *count * unit;
    last_unit = unit;
    text.remove_prefix(at + 1);
  }
  return seconds;
}

/// Reads one of Slurm's forms M:S, H:M:S, D-H, D-H:M and D-H:M:S, and returns its seconds.
std::optional<double> parse_clock(std::string_view text) {
  double seconds = 0.0;
  const std::size_t dash = text.find('-');
  const bool has_days = dash != std::string_view::npos;
  if (has_days) {
    const auto days = parse_plain(text.substr(0, dash));
    if (!days) return std::nullopt;
    seconds = *days * day;
    text.remove_prefix(dash + 1);
  }
  const std::vector<std::string> parts = split(text, ':');
  if (parts.size() > 3) return std::nullopt;
  // Behind days the first part is hours; without days the last one is seconds.
  double unit = has_days || parts.size() == 3 ? hour : minute;
  for (const std::string& part : parts) {
    const auto count = parse_plain(part);
    if (!count) return std::nullopt;
    // The first part may be large, as in 90:00; the others have one digit or two.
    if (&part != &parts.front() && (*count >= 60.0 || part.size() > 2)) return std::nullopt;
    seconds += *count * unit;
    unit /= 60.0;
  }
  return seconds;
}

}  // namespace

double parse_duration(std::string_view option, std::string_view text) {
  std::optional<double> seconds = parse_number(text);
  if (!seconds) {
    seconds = text.find_first_of(":-") == std::string_view::npos ? parse_with_units(text) : parse_clock(text);
  }
  if (!seconds || *seconds <= 0.0 || !std::isfinite(*seconds)) {
    reject(option, text,
           "a time > 0 is allowed: seconds (90), numbers with units d, h, m, s (90m, 1h30m), or as Slurm writes it, "
           "M:S, H:M:S, D-H, D-H:M or D-H:M:S");
  }
  return *seconds;
}

}  // namespace logmargin
