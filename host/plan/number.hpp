#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logmargin {

/// Throws OptionError: "OPTION: 'VALUE' is not allowed; ALLOWED"; a long value is cut.
[[noreturn]] void reject(std::string_view option, std::string_view value, std::string_view allowed);

/// A whole text as one finite decimal number, plain or scientific, with or without sign.
std::optional<double> parse_number(std::string_view text);

/// A whole number from 0 to 2^53, plain or scientific ("1e6").
std::optional<double> parse_whole(std::string_view text);

/// A t of a path that passes every t: from 0 to 1e300.
std::optional<double> parse_time(std::string_view text);

/// A number of steps: whole, from 0 to 1e300.
std::optional<double> parse_step_count(std::string_view text);

/// A whole number from 0 to 2^64 - 1, plain or scientific, exactly as written.
std::optional<std::uint64_t> parse_unsigned(std::string_view text);

/// The pieces between separators, one more than there are separators.
std::vector<std::string> split(std::string_view text, char separator);

/// The shortest text that reads back as the same number; whole numbers below 1e15 without exponent.
std::string number_text(double value);

}  // namespace logmargin
