#include "kernels/times_kernel.cuh"

namespace logmargin {

template TimesLaunches<double> times_launches<TimesOf<PlainStates, false>, double>();
template TimesLaunches<Pair<float>> times_launches<TimesOf<PlainStates, false>, Pair<float>>();
template TimesLaunches<double> times_launches<TimesOf<PlainStates, true>, double>();
template TimesLaunches<Pair<float>> times_launches<TimesOf<PlainStates, true>, Pair<float>>();
template TimesLaunches<double> times_launches<TimesOf<PathStates, false>, double>();
template TimesLaunches<double> times_launches<TimesOf<PathStates, true>, double>();

}  // namespace logmargin
