#pragma once

// LOGMARGIN_INLINED marks a lambda inside such a function. Always inlined on the host, so that code compiled for one
// instruction set is never linked into another's.
//
// LOGMARGIN_HOST_DEVICE marks a function that also runs on the GPU. A macro because the annotation is not part of C++.
// LOGMARGIN_HOST_DEVICE_CALLED marks one too long to be repeated wherever it is called. The loops of an instruction set
// call none.
//
// LOGMARGIN_HOST_DEVICE_LOCAL marks one that those loops may call: each translation unit has a copy of its own, which
// the linker never merges with one compiled for another instruction set.
#ifdef __CUDACC__
#define LOGMARGIN_HOST_DEVICE __host__ __device__ __forceinline__
#define LOGMARGIN_HOST_DEVICE_CALLED __host__ __device__ inline
#define LOGMARGIN_HOST_DEVICE_LOCAL [[maybe_unused]] __host__ __device__ __noinline__ static
#define LOGMARGIN_INLINED
#else
#define LOGMARGIN_HOST_DEVICE [[gnu::always_inline]] inline
#define LOGMARGIN_HOST_DEVICE_CALLED inline
#define LOGMARGIN_HOST_DEVICE_LOCAL [[maybe_unused, gnu::noinline]] static
#define LOGMARGIN_INLINED __attribute__((always_inline))
#endif
