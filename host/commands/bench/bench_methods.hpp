#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "host/engine/cpu/lanes/simd_dispatch.hpp"

namespace logmargin {

/// Returns how fast every optimiser steps on every loss, beside plain gradient descent: for each
/// {"optimizer","loss","network_steps_per_s","relative_to_gd"}.
nlohmann::ordered_json measure_methods(const SimdDispatchTable& kernels, unsigned threads);

/// Returns the same as a table for people.
std::string methods_table(const nlohmann::ordered_json& methods);

}  // namespace logmargin
