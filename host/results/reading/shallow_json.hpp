#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace logmargin {

/// UnexpectedJson is thrown for JSON that nlohmann's parser takes and this program never writes.
struct UnexpectedJson : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Returns a callback with which nlohmann's parser throws UnexpectedJson for what is nested deeper than any file of
/// this program. To copy, compare or print that could exhaust the stack. The second callback, where there is one,
/// decides all else.
nlohmann::ordered_json::parser_callback_t shallow(nlohmann::ordered_json::parser_callback_t callback = {});

/// Returns a whole number from 0 to the largest allowed. Throws UnexpectedJson for any other value, because nlohmann
/// converts any number, whether it fits or not.
std::uint64_t count_of(const nlohmann::ordered_json& json,
                       std::uint64_t largest = std::numeric_limits<std::uint64_t>::max());

}  // namespace logmargin
