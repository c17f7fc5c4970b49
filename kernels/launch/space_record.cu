#include "kernels/launch/record_kernel.cuh"

namespace logmargin {

template void launch_record<WalkerIn<DescentStepper<double, true>, NetworkInSpace>>(
    const Problem&, const NetworkColumns<double>&, const WorkList&, std::size_t, const RecordRun&,
    const TallyView<CheckpointShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<WalkerIn<DescentStepper<double, false>, NetworkInSpace>>(
    const Problem&, const NetworkColumns<double>&, const WorkList&, std::size_t, const RecordRun&,
    const TallyView<CheckpointShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<WalkerIn<DescentStepper<Pair<float>, true>, NetworkInSpace>>(
    const Problem&, const NetworkColumns<Pair<float>>&, const WorkList&, std::size_t, const RecordRun&,
    const TallyView<CheckpointShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<WalkerIn<DescentStepper<Pair<float>, false>, NetworkInSpace>>(
    const Problem&, const NetworkColumns<Pair<float>>&, const WorkList&, std::size_t, const RecordRun&,
    const TallyView<CheckpointShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<WalkerIn<LeapStepper, NetworkInSpace>>(const Problem&, const NetworkColumns<double>&,
                                                                   const WorkList&, std::size_t, const RecordRun&,
                                                                   const TallyView<CheckpointShape>&,
                                                                   const OverflowView&, const Progress&, int,
                                                                   cudaStream_t);
template void launch_record<WalkerIn<OptimizerStepper, NetworkInSpace>>(const Problem&, const NetworkColumns<double>&,
                                                                        const WorkList&, std::size_t, const RecordRun&,
                                                                        const TallyView<CheckpointShape>&,
                                                                        const OverflowView&, const Progress&, int,
                                                                        cudaStream_t);

}  // namespace logmargin
