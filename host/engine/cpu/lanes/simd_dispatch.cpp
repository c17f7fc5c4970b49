#include "host/engine/cpu/lanes/simd_dispatch.hpp"

#include "host/engine/cpu/lanes/simd_dispatch_of.hpp"

namespace logmargin {

std::vector<SimdDispatchTable> available_simd_dispatch_tables() {
  std::vector<SimdDispatchTable> kernels = {scalar_dispatch_table()};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    kernels.push_back(avx2_dispatch_table());
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw")) {
      kernels.push_back(avx512_dispatch_table());
    }
  }
#elif defined(__aarch64__)
  kernels.push_back(neon_dispatch_table());
#endif
  return kernels;
}

}  // namespace logmargin
