#include "kernels/launch/record_kernel.cuh"

namespace logmargin {

/// One kernel for all methods: the few steps between its recorded t weigh less than the observations.
template void launch_record<WalkerIn<OptimizerStepper, NetworkOnLine>>(const Problem&, const NetworkColumns<double>&,
                                                                       const WorkList&, std::size_t, const RecordRun&,
                                                                       const TallyView<CheckpointShape>&,
                                                                       const OverflowView&, const Progress&, int,
                                                                       cudaStream_t);

}  // namespace logmargin
