#include "kernels/launch/times_kernel.cuh"

namespace logmargin {

template IndexList launch_list_with_times<DescentStepper<double, true>>(const Problem&, double,
                                                                        const DeviceColumns<double>&, std::size_t,
                                                                        IndexLists&, int, cudaStream_t);
template IndexList launch_list_with_times<LeapStepper>(const Problem&, double, const DeviceColumns<double>&,
                                                       std::size_t, IndexLists&, int, cudaStream_t);
template IndexList launch_list_with_times<PathStepper>(const Problem&, double, const DeviceColumns<double>&,
                                                       std::size_t, IndexLists&, int, cudaStream_t);
template IndexList launch_list_with_times<DescentStepper<Pair<float>, true>>(const Problem&, double,
                                                                             const DeviceColumns<Pair<float>>&,
                                                                             std::size_t, IndexLists&, int,
                                                                             cudaStream_t);

template void launch_times<NetworkOnLine>(const CellParameters&, std::uint64_t, const Thresholds&, const IndexList&,
                                          std::size_t, const TallyView<TimeShape>&, const OverflowView&,
                                          const Progress&, int, cudaStream_t);
template void launch_times<NetworkInRd>(const CellParameters&, std::uint64_t, const Thresholds&, const IndexList&,
                                        std::size_t, const TallyView<TimeShape>&, const OverflowView&, const Progress&,
                                        int, cudaStream_t);

}  // namespace logmargin
