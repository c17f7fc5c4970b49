#include "kernels/launch/initialise_kernel.cuh"

namespace logmargin {

template void launch_initialise<NetworkOnLine>(const CellParameters&, std::uint64_t, const NetworkColumns<double>&,
                                               std::size_t, int, cudaStream_t);
template void launch_initialise<NetworkOnLine>(const CellParameters&, std::uint64_t, const NetworkColumns<Pair<float>>&,
                                               std::size_t, int, cudaStream_t);

template void launch_initialise<NetworkInRd>(const CellParameters&, std::uint64_t, const NetworkColumns<double>&,
                                             std::size_t, int, cudaStream_t);
template void launch_initialise<NetworkInRd>(const CellParameters&, std::uint64_t, const NetworkColumns<Pair<float>>&,
                                             std::size_t, int, cudaStream_t);

template void launch_begin<LeapStepper, NetworkOnLine>(const Problem&, const NetworkColumns<double>&, std::size_t, int,
                                                       cudaStream_t);
template void launch_begin<LeapStepper, NetworkInRd>(const Problem&, const NetworkColumns<double>&, std::size_t, int,
                                                     cudaStream_t);
template void launch_begin<OptimizerStepper, NetworkOnLine>(const Problem&, const NetworkColumns<double>&, std::size_t,
                                                            int, cudaStream_t);
template void launch_begin<OptimizerStepper, NetworkInRd>(const Problem&, const NetworkColumns<double>&, std::size_t,
                                                          int, cudaStream_t);
template void launch_begin<PathStepper, NetworkOnLine>(const Problem&, const NetworkColumns<double>&, std::size_t, int,
                                                       cudaStream_t);
template void launch_begin<PathStepper, NetworkInRd>(const Problem&, const NetworkColumns<double>&, std::size_t, int,
                                                     cudaStream_t);

}  // namespace logmargin
