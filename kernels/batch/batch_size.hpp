#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "kernels/runtime/network_columns.hpp"

namespace logmargin {

/// This is the largest batch: 32-bit point numbers and bin counters, and exact sums of a batch, must hold it.
inline constexpr std::size_t most_batch_networks = std::size_t{1} << 25;
inline constexpr std::size_t least_batch_networks = 1024;
inline constexpr int batches_in_flight = 2;

/// BatchBytes is the memory that one batch takes on the device: a share for each network, and a fixed part.
struct BatchBytes {
  std::size_t per_network;
  std::size_t fixed;
};

/// Returns the number of networks in each of batches_in_flight batches on every device. It is as many as the memory of
/// the smallest device holds with a tenth left over, and no more than gives every batch in flight its share of the
/// trials. The result is a multiple of 32 within least_batch_networks ... most_batch_networks. Precondition: devices >
/// 0.
std::size_t batch_networks(std::size_t free_bytes, const BatchBytes& bytes, std::uint64_t trials, std::size_t devices);

/// Calls attempt(networks), again with half as many networks each time it throws GpuOutOfMemory. The last throw, at
/// least_batch_networks or below, is passed on. Returns the number of networks that was possible.
std::size_t shrink_until_it_fits(std::size_t networks, const std::function<void(std::size_t)>& attempt);

/// HeldCapacity is the capacity of the memory for batches, which is kept from use to use.
class HeldCapacity {
 public:
  /// Returns the number of networks of a batch, of so many columns each: as many as wanted, or as there is memory for.
  /// It calls take(networks), as shrink_until_it_fits does, only where more networks or columns are wanted than are
  /// held. After a throw nothing is held.
  std::size_t provide(std::size_t wanted, const ColumnCounts& columns, const std::function<void(std::size_t)>& take);

 private:
  std::size_t asked_ = 0;
  std::size_t held_ = 0;
  ColumnCounts columns_ = {0, 0};
};

}  // namespace logmargin
