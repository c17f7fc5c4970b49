#include "kernels/times_kernel.cuh"

namespace logmargin {

template TimesLaunches<double> times_launches<TimesOf<PathStates, false>, double>();
template TimesLaunches<double> times_launches<TimesOf<PathStates, true>, double>();

}  // namespace logmargin
