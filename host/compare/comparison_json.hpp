#pragma once

#include <nlohmann/json_fwd.hpp>

#include "host/compare/comparison.hpp"

namespace logmargin {

/// Returns the comparison as JSON, schema "logmargin.compare/1". Numbers that are not known are NaN, which json_text
/// writes as null.
nlohmann::ordered_json comparison_json(const Comparison& comparison);

}  // namespace logmargin
