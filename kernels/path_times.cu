#include "kernels/times_kernel.cuh"

namespace logmargin {

template TimesLaunches<double> times_launches<TimesOnPaths, double>();
template TimesLaunches<double> times_launches<TimesOnPathsInSpace, double>();

}  // namespace logmargin
