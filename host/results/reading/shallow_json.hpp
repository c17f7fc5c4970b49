#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace logmargin {

/// JSON that nlohmann's parser takes, and this program never writes.
struct UnexpectedJson : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Has nlohmann's parser throw UnexpectedJson for what is nested deeper than any file of this program: to copy, compare
/// or print that could exhaust the stack. What it does otherwise is up to the second callback, where there is one.
nlohmann::ordered_json::parser_callback_t shallow(nlohmann::ordered_json::parser_callback_t callback = {});

/// A whole number from 0 to the largest allowed. Throws UnexpectedJson: nlohmann converts any number, whether it fits
/// or not.
std::uint64_t count_of(const nlohmann::ordered_json& json,
                       std::uint64_t largest = std::numeric_limits<std::uint64_t>::max());

}  // namespace logmargin
