#pragma once

#include <memory>

#include "host/engine/cpu/lanes/simd_dispatch.hpp"
#include "host/engine/engine.hpp"

namespace logmargin {

/// Makes the engine that has networks in SIMD lanes and hands batches to threads. Precondition: threads >= 1.
std::unique_ptr<Engine> make_cpu_engine(const SimdDispatchTable& kernels, unsigned threads);

}  // namespace logmargin
