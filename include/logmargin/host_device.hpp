#pragma once

// Marks a function that also runs on the GPU. A macro because the annotation is not part of C++.
#ifdef __CUDACC__
#define LOGMARGIN_HOST_DEVICE __host__ __device__ __forceinline__
#else
#define LOGMARGIN_HOST_DEVICE [[gnu::always_inline]] inline
#endif
