#include "kernels/record_kernel.cuh"

namespace logmargin {

template void launch_record<TrackedNetwork<true, double>>(const Problem&, const NetworkColumns<double>&,
                                                          const WorkList&, std::size_t, const RecordRun&,
                                                          const TallyView<CheckpointShape>&, const OverflowView&,
                                                          const Progress&, int, cudaStream_t);
template void launch_record<TrackedNetwork<false, double>>(const Problem&, const NetworkColumns<double>&,
                                                           const WorkList&, std::size_t, const RecordRun&,
                                                           const TallyView<CheckpointShape>&, const OverflowView&,
                                                           const Progress&, int, cudaStream_t);
template void launch_record<StuckNetwork<double>>(const Problem&, const NetworkColumns<double>&, const WorkList&,
                                                  std::size_t, const RecordRun&, const TallyView<CheckpointShape>&,
                                                  const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<TrackedNetwork<true, Pair<float>>>(const Problem&, const NetworkColumns<Pair<float>>&,
                                                               const WorkList&, std::size_t, const RecordRun&,
                                                               const TallyView<CheckpointShape>&, const OverflowView&,
                                                               const Progress&, int, cudaStream_t);
template void launch_record<TrackedNetwork<false, Pair<float>>>(const Problem&, const NetworkColumns<Pair<float>>&,
                                                                const WorkList&, std::size_t, const RecordRun&,
                                                                const TallyView<CheckpointShape>&, const OverflowView&,
                                                                const Progress&, int, cudaStream_t);
template void launch_record<StuckNetwork<Pair<float>>>(const Problem&, const NetworkColumns<Pair<float>>&,
                                                       const WorkList&, std::size_t, const RecordRun&,
                                                       const TallyView<CheckpointShape>&, const OverflowView&,
                                                       const Progress&, int, cudaStream_t);
template void launch_record<LeapingNetwork>(const Problem&, const NetworkColumns<double>&, const WorkList&, std::size_t,
                                            const RecordRun&, const TallyView<CheckpointShape>&, const OverflowView&,
                                            const Progress&, int, cudaStream_t);

}  // namespace logmargin
