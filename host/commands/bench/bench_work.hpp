#pragma once

#include <array>
#include <string>
#include <string_view>

#include "host/plan/precision.hpp"

namespace logmargin {

/// BenchWork is what is stepped in one measurement.
struct BenchWork {
  Precision precision;
  bool coupled;  ///< the two points feel each other
};

/// Every device is measured with this work, on settled points.
inline constexpr std::array<BenchWork, 4> bench_work = {
    {{Precision::in_double, false}, {Precision::in_double, true}, {Precision::mixed, false}, {Precision::mixed, true}}};

inline std::string_view name_of(Precision precision) { return precision == Precision::mixed ? "mixed" : "double"; }

/// Returns the name of its result in JSON: lockstep, lockstep_coupled, lockstep_mixed or lockstep_mixed_coupled.
inline std::string lockstep_key(const BenchWork& work) {
  return std::string("lockstep") + (work.precision == Precision::mixed ? "_mixed" : "") +
         (work.coupled ? "_coupled" : "");
}

}  // namespace logmargin
