#include "kernels/times_kernel.cuh"

namespace logmargin {

template TimesLaunches<double> times_launches<TimesOf<PlainStates, false>, double>();
template TimesLaunches<Pair<float>> times_launches<TimesOf<PlainStates, false>, Pair<float>>();

}  // namespace logmargin
