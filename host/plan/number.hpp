#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logmargin {

/// Throws OptionError: "OPTION: 'VALUE' is not allowed; ALLOWED"; a long value is cut.
[[noreturn]] void reject(std::string_view option, std::string_view value, std::string_view allowed);

/// Reads a whole text as one finite decimal number, plain or scientific, with or without sign.
std::optional<double> parse_number(std::string_view text);

/// Reads a whole number from 0 to 2^53, plain or scientific ("1e6").
std::optional<double> parse_whole(std::string_view text);

/// Reads a t of a path that passes every t: a number from 0 to 1e300.
std::optional<double> parse_time(std::string_view text);

/// Reads a number of steps: a whole number from 0 to 1e300.
std::optional<double> parse_step_count(std::string_view text);

/// Reads a whole number from 0 to 2^64 - 1, plain or scientific, exactly as written.
std::optional<std::uint64_t> parse_unsigned(std::string_view text);

/// Returns the pieces between separators, one more than there are separators.
std::vector<std::string> split(std::string_view text, char separator);

/// Returns the shortest text that reads back as the same number. Whole numbers below 1e15 have no exponent.
std::string number_text(double value);

}  // namespace logmargin
