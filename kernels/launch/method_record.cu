#include "kernels/launch/record_kernel.cuh"

namespace logmargin {

/// One kernel serves all methods: the few steps between its recorded t weigh less than the observations.
template void launch_record<TrajectoryIn<OptimizerStepper, NetworkOnLine>>(
    const Problem&, const NetworkColumns<double>&, const IndexList&, std::size_t, const RecordRun&,
    const TallyView<RecordedShape>&, const OverflowView&, const Progress&, int, cudaStream_t);

}  // namespace logmargin
