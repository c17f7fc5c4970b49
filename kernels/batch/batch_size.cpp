#include "kernels/batch/batch_size.hpp"

#include <algorithm>

#include "kernels/runtime/gpu_error.hpp"

namespace logmargin {

std::size_t batch_networks(std::size_t free_bytes, const BatchBytes& bytes, std::uint64_t trials, std::size_t devices) {
  const std::size_t usable = free_bytes / 10 * 9 / batches_in_flight;
  const std::size_t fitting = usable > bytes.fixed ? (usable - bytes.fixed) / bytes.per_network : 0;
  const std::uint64_t sharers = static_cast<std::uint64_t>(devices) * batches_in_flight;
  const std::uint64_t share = trials / sharers + (trials % sharers != 0 ? 1 : 0);
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(share, most_batch_networks));
  const std::size_t networks = std::max(least_batch_networks, std::min(wanted, fitting));
  return std::min(most_batch_networks, (networks + 31) / 32 * 32);
}

std::size_t shrink_until_it_fits(std::size_t networks, const std::function<void(std::size_t)>& attempt) {
  for (;;) {
    try {
      attempt(networks);
      return networks;
    } catch (const GpuOutOfMemory&) {
      if (networks <= least_batch_networks) throw;
    }
    networks = std::max(least_batch_networks, networks / 2 / 32 * 32);
  }
}

std::size_t HeldCapacity::provide(std::size_t wanted, const ColumnCounts& columns,
                                  const std::function<void(std::size_t)>& take) {
  if (wanted > asked_ || columns.states > columns_.states || columns.tracks > columns_.tracks) {
    asked_ = held_ = 0;
    held_ = shrink_until_it_fits(wanted, take);
    asked_ = wanted;
    columns_ = columns;
  }
  return std::min(wanted, held_);
}

}  // namespace logmargin
