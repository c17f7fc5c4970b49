#pragma once

#include "kernels/device_array.cuh"
#include "kernels/point_list.hpp"

namespace logmargin {

/// The points of a batch that still move, in two lists; rewritten before each launch over points.
class PointLists {
 public:
  explicit PointLists(std::size_t networks);

  /// Steps every point of decoupled data that is not dead.
  template <class Number>
  void advance(const PointColumns<Number>& points, std::int64_t steps, int multiprocessors, cudaStream_t stream);

 private:
  DeviceArray<std::uint32_t> settled_;
  DeviceArray<std::uint32_t> moving_;
  DeviceArray<unsigned> lengths_;  ///< of settled_, of moving_
};

/// Steps whole networks, coupled or not.
template <class Number>
void advance_networks(const DeviceColumns<Number>& state, std::size_t networks, const Problem& problem,
                      std::int64_t steps, int multiprocessors, cudaStream_t stream);

}  // namespace logmargin
