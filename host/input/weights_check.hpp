#pragma once

#include <string>

#include "host/plan/given_weights.hpp"

namespace logmargin {

/// Reads all weights once and returns "NAME#ROWS-CHECKSUM", the name from which the same are known again. Throws
/// OptionError that names the place where a number is not finite, and where there are no rows.
std::string checked_name(const std::string& name, const GivenWeights& weights);

}  // namespace logmargin
