#pragma once

#include <array>
#include <string>
#include <string_view>

#include "host/engine/speed/throughput.hpp"

namespace logmargin {

/// Every device is measured with this work, at a t from which on steps take least.
inline constexpr std::array<LockstepWork, 4> bench_work = {{{Precision::in_double, false, 65536},
                                                            {Precision::in_double, true, 65536},
                                                            {Precision::mixed, false, 65536},
                                                            {Precision::mixed, true, 65536}}};

inline std::string_view name_of(Precision precision) { return precision == Precision::mixed ? "mixed" : "double"; }

/// Returns the name of its result in JSON: lockstep, lockstep_coupled, lockstep_mixed or lockstep_mixed_coupled.
inline std::string lockstep_key(Precision precision, bool coupled) {
  return std::string("lockstep") + (precision == Precision::mixed ? "_mixed" : "") + (coupled ? "_coupled" : "");
}

}  // namespace logmargin
