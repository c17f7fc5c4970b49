#pragma once

// LOGMARGIN_HOST_DEVICE marks a function that also runs on the GPU. It is a macro because the annotation is not part of
// C++.
//
// LOGMARGIN_HOST_DEVICE_CALLED marks one too long to be repeated wherever it is called: a kernel has one copy of it.
//
// LOGMARGIN_UNROLLED marks a loop over what steps together, which is then in registers. nvcc unrolls it unasked.
//
// Where LOGMARGIN_ONE_INSTRUCTION_SET is defined, a file is compiled for processors that have more instructions than
// the program asks for. There the formulas, and their lambdas that LOGMARGIN_INLINED marks, are part of the loops that
// they are in: a function of their own might be linked into another file's code. Those loops call none of the long
// ones.
#ifdef __CUDACC__
#define LOGMARGIN_HOST_DEVICE __host__ __device__ __forceinline__
#define LOGMARGIN_HOST_DEVICE_CALLED [[maybe_unused]] __host__ __device__ __noinline__ inline
#define LOGMARGIN_INLINED
#define LOGMARGIN_UNROLLED
#else
#define LOGMARGIN_UNROLLED _Pragma("GCC unroll 8")
#ifdef LOGMARGIN_ONE_INSTRUCTION_SET
#define LOGMARGIN_HOST_DEVICE [[gnu::always_inline]] inline
#define LOGMARGIN_INLINED __attribute__((always_inline))
#else
#define LOGMARGIN_HOST_DEVICE inline
#define LOGMARGIN_INLINED
#endif
#define LOGMARGIN_HOST_DEVICE_CALLED inline
#endif
