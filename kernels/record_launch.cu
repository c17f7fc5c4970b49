#include "kernels/initialise_body.hpp"
#include "kernels/record_kernel.cuh"

namespace logmargin {

namespace {

template <class Number>
__global__ void __launch_bounds__(threads_per_block)
    initialise(TrialSource source, std::uint64_t first_trial, NetworkColumns<Number> columns, std::size_t networks) {
  const std::size_t i = global_thread();
  if (i < networks) initialise_network(source, first_trial, columns, i);
}

}  // namespace

template <class Number>
void launch_initialise(const TrialSource& source, std::uint64_t first_trial, const NetworkColumns<Number>& columns,
                       std::size_t networks, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  initialise<<<shape.blocks, shape.threads_per_block, 0, stream>>>(source, first_trial, columns, networks);
  check_launch("initialise");
}

template void launch_initialise(const TrialSource&, std::uint64_t, const NetworkColumns<double>&, std::size_t, int,
                                cudaStream_t);
template void launch_initialise(const TrialSource&, std::uint64_t, const NetworkColumns<Pair<float>>&, std::size_t, int,
                                cudaStream_t);
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
