#include "kernels/launch/initialise_kernel.cuh"

namespace logmargin {

template void launch_initialise<false>(const CellParameters&, std::uint64_t, const NetworkColumns<double>&, std::size_t,
                                       int, cudaStream_t);
template void launch_initialise<false>(const CellParameters&, std::uint64_t, const NetworkColumns<Pair<float>>&,
                                       std::size_t, int, cudaStream_t);

template void launch_initialise<true>(const CellParameters&, std::uint64_t, const NetworkColumns<double>&, std::size_t,
                                      int, cudaStream_t);
template void launch_initialise<true>(const CellParameters&, std::uint64_t, const NetworkColumns<Pair<float>>&,
                                      std::size_t, int, cudaStream_t);

template void launch_begin<LeapStepper>(const Problem&, bool, const NetworkColumns<double>&, std::size_t, int,
                                        cudaStream_t);
template void launch_begin<OptimizerStepper>(const Problem&, bool, const NetworkColumns<double>&, std::size_t, int,
                                             cudaStream_t);
template void launch_begin<PathStepper>(const Problem&, bool, const NetworkColumns<double>&, std::size_t, int,
                                        cudaStream_t);

}  // namespace logmargin
