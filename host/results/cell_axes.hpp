#pragma once

#include <array>
#include <string>
#include <string_view>

#include "host/plan/experiment.hpp"

namespace logmargin {

/// These are the axes in the order in which cells nest.
inline constexpr std::array<std::string_view, 7> axis_names = {"init", "bias", "eta", "optimizer",
                                                               "loss", "dim",  "data"};
using AxisValues = std::array<std::string, axis_names.size()>;

/// Returns the cell's value of each axis, as files and reports have it.
AxisValues axis_values_of(const Cell& cell);

}  // namespace logmargin
