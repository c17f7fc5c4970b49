#include "kernels/times_kernel.cuh"

namespace logmargin {

template TimesLaunches<double> times_launches<TimesInSpace, double>();
template TimesLaunches<Pair<float>> times_launches<TimesInSpace, Pair<float>>();

}  // namespace logmargin
