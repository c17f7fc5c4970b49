#include "kernels/times_kernel.cuh"

namespace logmargin {

template TimesLaunches<double> times_launches<TimesOf<PlainStates, true>, double>();
template TimesLaunches<Pair<float>> times_launches<TimesOf<PlainStates, true>, Pair<float>>();

}  // namespace logmargin
