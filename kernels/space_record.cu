#include "kernels/record_kernel.cuh"
#include "kernels/space_network.hpp"

namespace logmargin {

template void launch_record<InSpace<TrackedNetwork<true, double>>>(const Problem&, const NetworkColumns<double>&,
                                                                   const WorkList&, std::size_t, const RecordRun&,
                                                                   const TallyView<CheckpointShape>&,
                                                                   const OverflowView&, const Progress&, int,
                                                                   cudaStream_t);
template void launch_record<InSpace<TrackedNetwork<false, double>>>(const Problem&, const NetworkColumns<double>&,
                                                                    const WorkList&, std::size_t, const RecordRun&,
                                                                    const TallyView<CheckpointShape>&,
                                                                    const OverflowView&, const Progress&, int,
                                                                    cudaStream_t);
template void launch_record<InSpace<TrackedNetwork<true, Pair<float>>>>(
    const Problem&, const NetworkColumns<Pair<float>>&, const WorkList&, std::size_t, const RecordRun&,
    const TallyView<CheckpointShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<InSpace<TrackedNetwork<false, Pair<float>>>>(
    const Problem&, const NetworkColumns<Pair<float>>&, const WorkList&, std::size_t, const RecordRun&,
    const TallyView<CheckpointShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<InSpace<LeapingNetwork>>(const Problem&, const NetworkColumns<double>&, const WorkList&,
                                                     std::size_t, const RecordRun&, const TallyView<CheckpointShape>&,
                                                     const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<InSpace<MethodNetwork>>(const Problem&, const NetworkColumns<double>&, const WorkList&,
                                                    std::size_t, const RecordRun&, const TallyView<CheckpointShape>&,
                                                    const OverflowView&, const Progress&, int, cudaStream_t);

}  // namespace logmargin
