#include "kernels/times_kernel.cuh"

namespace logmargin {

template void launch_times<TimesOnLine>(const TrialSource&, std::uint64_t, double, const NetworkColumns<double>&,
                                        std::size_t, const TallyView<TimeShape>&, const OverflowView&, const Progress&,
                                        int, cudaStream_t);
template void launch_times<TimesOnLine>(const TrialSource&, std::uint64_t, double, const NetworkColumns<Pair<float>>&,
                                        std::size_t, const TallyView<TimeShape>&, const OverflowView&, const Progress&,
                                        int, cudaStream_t);

}  // namespace logmargin
