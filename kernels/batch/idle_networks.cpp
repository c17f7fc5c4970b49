#include "kernels/batch/idle_networks.hpp"

#include <algorithm>

#include "kernels/device/record_body.hpp"

namespace logmargin {

void add_idle_networks(CheckpointCounts& counts, const Problem& problem, std::uint64_t networks) {
  if (networks == 0) return;
  const Network<double> network{};
  const CountedObservation seen = counted_observation(network, observe(problem, network), false, 0.0);
  counts.category[static_cast<std::size_t>(seen.pattern)] += networks;
  for (std::size_t q = 0; q < counts.value.size(); ++q) {
    const BinnedValue& own = seen.value[q];
    if (!own.counted) continue;
    const double value = value_of_key(own.key);
    ValueCounts& to = counts.value[q];
    to.least = to.count == 0 ? value : std::min(to.least, value);
    to.largest = to.count == 0 ? value : std::max(to.largest, value);
    to.count += networks;
    for (std::size_t d = 0; d < 3; ++d) {
      to.digits[static_cast<std::size_t>(own.digits.lowest) + d] +=
          static_cast<std::int64_t>(networks) * own.digits.digit[d];
    }
    to.bins.emplace_back(own.bin, networks);
  }
}

}  // namespace logmargin
