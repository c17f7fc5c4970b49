#pragma once

#include <array>
#include <string_view>

#include "logmargin/measure/outcome.hpp"

namespace logmargin {

/// The names stand in the order of Outcome.
inline constexpr std::array<std::string_view, outcomes> outcome_names = {
    "converging", "stuck", "transient", "diverged", "frozen", "dormant", "unresolved"};

/// Returns the outcome's name, as in the program's tables and files.
constexpr std::string_view name_of(Outcome outcome) { return outcome_names[static_cast<std::size_t>(outcome)]; }

}  // namespace logmargin
