#include "kernels/launch/record_kernel.cuh"

namespace logmargin {

template void launch_record<WalkerIn<DescentStepper<double, true>, NetworkOnLine>>(
    const Problem&, const NetworkColumns<double>&, const WorkList&, std::size_t, const RecordRun&,
    const TallyView<CheckpointShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<WalkerIn<DescentStepper<double, false>, NetworkOnLine>>(
    const Problem&, const NetworkColumns<double>&, const WorkList&, std::size_t, const RecordRun&,
    const TallyView<CheckpointShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<WalkerIn<DescentStepper<Pair<float>, true>, NetworkOnLine>>(
    const Problem&, const NetworkColumns<Pair<float>>&, const WorkList&, std::size_t, const RecordRun&,
    const TallyView<CheckpointShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<WalkerIn<DescentStepper<Pair<float>, false>, NetworkOnLine>>(
    const Problem&, const NetworkColumns<Pair<float>>&, const WorkList&, std::size_t, const RecordRun&,
    const TallyView<CheckpointShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<WalkerIn<LeapStepper, NetworkOnLine>>(const Problem&, const NetworkColumns<double>&,
                                                                  const WorkList&, std::size_t, const RecordRun&,
                                                                  const TallyView<CheckpointShape>&,
                                                                  const OverflowView&, const Progress&, int,
                                                                  cudaStream_t);
template void launch_record<StuckNetwork<double>>(const Problem&, const NetworkColumns<double>&, const WorkList&,
                                                  std::size_t, const RecordRun&, const TallyView<CheckpointShape>&,
                                                  const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<StuckNetwork<Pair<float>>>(const Problem&, const NetworkColumns<Pair<float>>&,
                                                       const WorkList&, std::size_t, const RecordRun&,
                                                       const TallyView<CheckpointShape>&, const OverflowView&,
                                                       const Progress&, int, cudaStream_t);

}  // namespace logmargin
