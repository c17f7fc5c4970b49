#include "kernels/launch/record_kernel.cuh"

namespace logmargin {

template void launch_record<TrajectoryIn<DescentStepper<double, true>, NetworkInRd>>(
    const Problem&, const NetworkColumns<double>&, const IndexList&, std::size_t, const RecordRun&,
    const TallyView<RecordedShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<TrajectoryIn<DescentStepper<double, false>, NetworkInRd>>(
    const Problem&, const NetworkColumns<double>&, const IndexList&, std::size_t, const RecordRun&,
    const TallyView<RecordedShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<TrajectoryIn<DescentStepper<Pair<float>, true>, NetworkInRd>>(
    const Problem&, const NetworkColumns<Pair<float>>&, const IndexList&, std::size_t, const RecordRun&,
    const TallyView<RecordedShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<TrajectoryIn<DescentStepper<Pair<float>, false>, NetworkInRd>>(
    const Problem&, const NetworkColumns<Pair<float>>&, const IndexList&, std::size_t, const RecordRun&,
    const TallyView<RecordedShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<TrajectoryIn<LeapStepper, NetworkInRd>>(const Problem&, const NetworkColumns<double>&,
                                                                    const IndexList&, std::size_t, const RecordRun&,
                                                                    const TallyView<RecordedShape>&,
                                                                    const OverflowView&, const Progress&, int,
                                                                    cudaStream_t);
template void launch_record<TrajectoryIn<OptimizerStepper, NetworkInRd>>(
    const Problem&, const NetworkColumns<double>&, const IndexList&, std::size_t, const RecordRun&,
    const TallyView<RecordedShape>&, const OverflowView&, const Progress&, int, cudaStream_t);

}  // namespace logmargin
