#include "host/engine/times_to_gap.hpp"

namespace logmargin {

std::vector<double> times_to_gap(const SimdDispatchTable& kernels, const Problem& problem,
                                 const Network<double>& initial, const OrthogonalComponent<double>* orthogonal,
                                 const std::vector<double>& thresholds) {
  std::vector<double> log10_t(thresholds.size());
  kernels.single.times_to_gap(problem, initial, orthogonal, thresholds.data(), thresholds.size(), log10_t.data());
  return log10_t;
}

}  // namespace logmargin
