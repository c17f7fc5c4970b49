#include "kernels/runtime/code_for_device.hpp"
#include "kernels/runtime/index_lists.cuh"
#include "kernels/runtime/launch_shape.hpp"
#include "kernels/runtime/network_kind.hpp"

namespace logmargin {

namespace {

constexpr std::size_t lists = 3;

template <class Number>
__global__ void list_points_by_kind(PointColumns<Number> points, std::uint32_t* right_only, std::uint32_t* wrong_too,
                                    unsigned* lengths) {
  const std::size_t point = global_thread();
  PointKind kind = PointKind::dead;
  if (point < 2 * points.networks) {
    kind = kind_of(PointState<Number>{points.correct(point), points.wrong(point)});
  }
  append(kind == PointKind::right_only, static_cast<std::uint32_t>(point), right_only, lengths);
  append(kind == PointKind::wrong_too, static_cast<std::uint32_t>(point), wrong_too, lengths + 1);
}

template <class Number>
__global__ void list_networks_by_kind(DeviceColumns<Number> state, std::size_t networks, std::uint32_t* stuck,
                                      std::uint32_t* live, unsigned* lengths) {
  const std::size_t i = global_thread();
  const bool inside = i < networks;
  NetworkKind kind = NetworkKind::idle;
  if (inside) kind = kind_of(state.template load<Network<Number>>(0, i));
  append(inside && kind == NetworkKind::stuck, static_cast<std::uint32_t>(i), stuck, lengths);
  append(inside && kind == NetworkKind::live, static_cast<std::uint32_t>(i), live, lengths + 1);
  append(inside && kind == NetworkKind::idle, 0, nullptr, lengths + 2);
}

}  // namespace

cudaError_t status_of_code() {
  // All kernels are compiled for the same GPUs.
  cudaFuncAttributes attributes;
  return cudaFuncGetAttributes(&attributes, list_networks_by_kind<double>);
}

IndexLists::IndexLists(std::size_t networks)
    : first_(2 * networks, "first work list"), second_(2 * networks, "second work list"), lengths_(lists, "lengths") {}

template <class Number>
IndexLists::Points IndexLists::list_points(const PointColumns<Number>& points, int multiprocessors,
                                           cudaStream_t stream) {
  lengths_.zero(lists, stream);
  const LaunchShape shape = shape_for_networks(2 * points.networks, multiprocessors);
  list_points_by_kind<<<shape.blocks, shape.threads_per_block, 0, stream>>>(points, first_.data(), second_.data(),
                                                                            lengths_.data());
  check_launch("list_points_by_kind");
  return {{first_.data(), lengths_.data(), 0}, {second_.data(), lengths_.data() + 1, 0}};
}

template <class Number>
IndexLists::Networks IndexLists::list_networks(const DeviceColumns<Number>& state, std::size_t networks,
                                               int multiprocessors, cudaStream_t stream) {
  lengths_.zero(lists, stream);
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  list_networks_by_kind<<<shape.blocks, shape.threads_per_block, 0, stream>>>(state, networks, first_.data(),
                                                                              second_.data(), lengths_.data());
  check_launch("list_networks_by_kind");
  return {{first_.data(), lengths_.data(), 0}, {second_.data(), lengths_.data() + 1, 0}};
}

IndexLists::Selection IndexLists::start_selection(cudaStream_t stream) {
  lengths_.zero(lists, stream);
  return {first_.data(), lengths_.data()};
}

std::uint64_t IndexLists::count_idle(cudaStream_t stream) const { return lengths_.download(lists, stream)[2]; }

template IndexLists::Points IndexLists::list_points(const PointColumns<double>&, int, cudaStream_t);
template IndexLists::Points IndexLists::list_points(const PointColumns<Pair<float>>&, int, cudaStream_t);
template IndexLists::Networks IndexLists::list_networks(const DeviceColumns<double>&, std::size_t, int, cudaStream_t);
template IndexLists::Networks IndexLists::list_networks(const DeviceColumns<Pair<float>>&, std::size_t, int,
                                                        cudaStream_t);

}  // namespace logmargin
