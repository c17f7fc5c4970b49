#include "host/engine/cpu/lanes/lane_kernels.hpp"

#include "host/engine/cpu/lanes/lane_kernels_of.hpp"

namespace logmargin {

std::vector<LaneKernels> available_lane_kernels() {
  std::vector<LaneKernels> kernels = {scalar_lane_kernels()};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    kernels.push_back(avx2_lane_kernels());
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw")) {
      kernels.push_back(avx512_lane_kernels());
    }
  }
#elif defined(__aarch64__)
  kernels.push_back(neon_lane_kernels());
#endif
  return kernels;
}

}  // namespace logmargin
