#include "kernels/launch/record_kernel.cuh"

namespace logmargin {

template void launch_record<TrajectoryIn<DescentStepper<double, true>, NetworkOnLine>>(
    const Problem&, const NetworkColumns<double>&, const IndexList&, std::size_t, const RecordRun&,
    const TallyView<RecordedShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<TrajectoryIn<DescentStepper<double, false>, NetworkOnLine>>(
    const Problem&, const NetworkColumns<double>&, const IndexList&, std::size_t, const RecordRun&,
    const TallyView<RecordedShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<TrajectoryIn<DescentStepper<Pair<float>, true>, NetworkOnLine>>(
    const Problem&, const NetworkColumns<Pair<float>>&, const IndexList&, std::size_t, const RecordRun&,
    const TallyView<RecordedShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<TrajectoryIn<DescentStepper<Pair<float>, false>, NetworkOnLine>>(
    const Problem&, const NetworkColumns<Pair<float>>&, const IndexList&, std::size_t, const RecordRun&,
    const TallyView<RecordedShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<TrajectoryIn<LeapStepper, NetworkOnLine>>(const Problem&, const NetworkColumns<double>&,
                                                                      const IndexList&, std::size_t, const RecordRun&,
                                                                      const TallyView<RecordedShape>&,
                                                                      const OverflowView&, const Progress&, int,
                                                                      cudaStream_t);
template void launch_record<StuckNetwork<double>>(const Problem&, const NetworkColumns<double>&, const IndexList&,
                                                  std::size_t, const RecordRun&, const TallyView<RecordedShape>&,
                                                  const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<StuckNetwork<Pair<float>>>(const Problem&, const NetworkColumns<Pair<float>>&,
                                                       const IndexList&, std::size_t, const RecordRun&,
                                                       const TallyView<RecordedShape>&, const OverflowView&,
                                                       const Progress&, int, cudaStream_t);

}  // namespace logmargin
