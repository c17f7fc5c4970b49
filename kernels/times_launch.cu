#include "kernels/times_kernel.cuh"

namespace logmargin {

template TimesLaunches<double> times_launches<TimesOnLine, double>();
template TimesLaunches<Pair<float>> times_launches<TimesOnLine, Pair<float>>();

}  // namespace logmargin
