#include <thrust/execution_policy.h>
#include <thrust/iterator/constant_iterator.h>
#include <thrust/reduce.h>
#include <thrust/sort.h>
#include <thrust/system_error.h>

#include <new>

#include "kernels/advance_launch.cuh"
#include "kernels/device_batch.hpp"
#include "kernels/gpu_error.hpp"
#include "kernels/record_launch.cuh"
#include "kernels/tally_tables.cuh"

namespace logmargin {

namespace {

/// A launch goes on after its list of values without a counter has been emptied, so that any size above 0 is right.
std::size_t overflow_capacity(std::size_t networks) { return networks / 8 + 4096; }

int multiprocessors_of(int device) {
  check(cudaSetDevice(device), "cudaSetDevice(" + std::to_string(device) + ")");
  int count = 0;
  check(cudaDeviceGetAttribute(&count, cudaDevAttrMultiProcessorCount, device), "cudaDeviceGetAttribute");
  return count;
}

/// How often each value from 0 on occurs. Sorts values in place; keys and counts are as long.
std::vector<std::pair<double, std::uint64_t>> count_equal(DeviceArray<double>& values, DeviceArray<double>& keys,
                                                          DeviceArray<unsigned>& counts, std::size_t size,
                                                          cudaStream_t stream) {
  try {
    const auto policy = thrust::cuda::par.on(stream);
    thrust::sort(policy, values.data(), values.data() + size);
    const auto ends = thrust::reduce_by_key(policy, values.data(), values.data() + size,
                                            thrust::make_constant_iterator(1U), keys.data(), counts.data());
    const auto found = static_cast<std::size_t>(ends.first - keys.data());
    const std::vector<double> distinct = keys.download(found, stream);
    const std::vector<unsigned> occurrences = counts.download(found, stream);
    std::vector<std::pair<double, std::uint64_t>> counted;
    for (std::size_t k = 0; k < found; ++k) {
      if (distinct[k] >= 0.0) counted.emplace_back(distinct[k], occurrences[k]);
    }
    return counted;
  } catch (const std::bad_alloc& error) {
    throw GpuOutOfMemory(std::string("sorting the dips' times: ") + error.what());
  } catch (const thrust::system_error& error) {
    throw GpuError(std::string("sorting the dips' times: ") + error.what());
  }
}

}  // namespace

template <class Number>
struct DeviceBatch<Number>::Memory {
  Memory(int device_index, std::size_t most_networks)
      : device(device_index),
        multiprocessors(multiprocessors_of(device_index)),
        capacity(most_networks),
        states(most_networks * network_columns, "states"),
        tracks(most_networks * track_columns, "tracks"),
        points(most_networks),
        progress(most_networks, "progress"),
        dip_times(most_networks, "times of dips"),
        distinct_times(most_networks, "distinct times of dips"),
        time_counts(most_networks, "counts of dips"),
        overflow(overflow_capacity(most_networks)),
        times(most_records_per_group, "recorded times"),
        steps(most_records_per_group, "steps"),
        checkpoint(most_records_per_group),
        horizon(1) {}

  /// Threads may serve several devices.
  void take_device() const { check(cudaSetDevice(device), "cudaSetDevice"); }
  NetworkColumns<Number> view() { return {{states.data(), capacity}, {tracks.data(), capacity}}; }

  int device;
  int multiprocessors;
  std::size_t capacity;
  std::size_t networks = 0;
  Problem problem{};
  Stream stream;
  DeviceArray<Number> states;
  DeviceArray<double> tracks;
  PointLists points;
  DeviceArray<std::uint32_t> progress;
  DeviceArray<double> dip_times, distinct_times;
  DeviceArray<unsigned> time_counts;
  OverflowList overflow;
  DeviceArray<RecordedTime> times;
  DeviceArray<std::int64_t> steps;
  TallyTables<CheckpointShape> checkpoint;
  TallyTables<HorizonShape> horizon;
};

template <class Number>
DeviceBatch<Number>::DeviceBatch(int device, std::size_t capacity)
    : memory_(std::make_unique<Memory>(device, capacity)) {}
template <class Number>
DeviceBatch<Number>::DeviceBatch(DeviceBatch&&) noexcept = default;
template <class Number>
DeviceBatch<Number>::~DeviceBatch() {
  if (memory_) report(cudaSetDevice(memory_->device), "cudaSetDevice");
}

template <class Number>
BatchBytes DeviceBatch<Number>::bytes() {
  constexpr std::size_t point_lists = 4 * sizeof(std::uint32_t);
  constexpr std::size_t dips = 2 * sizeof(double) + sizeof(unsigned) + sizeof(std::uint32_t);
  constexpr std::size_t sort_workspace = 2 * sizeof(double);
  constexpr std::size_t per_network =
      NetworkColumns<Number>::bytes_per_network + point_lists + dips + sort_workspace + sizeof(OverflowEntry) / 8;
  constexpr std::size_t slack = std::size_t{16} << 20;
  return {per_network, slack + most_records_per_group * TallyTables<CheckpointShape>::bytes_per_record +
                           TallyTables<HorizonShape>::bytes_per_record};
}

template <class Number>
void DeviceBatch<Number>::initialise(const TrialSource& source, std::uint64_t first_trial, std::size_t count) {
  memory_->take_device();
  memory_->networks = count;
  memory_->problem = source.problem;
  launch_initialise(source, first_trial, memory_->view(), count, memory_->multiprocessors, memory_->stream.get());
}

template <class Number>
void DeviceBatch<Number>::restore(const Problem& problem, const SavedNetworks<Number>& saved) {
  restore_states(problem, saved.states);
  Memory& m = *memory_;
  m.tracks.upload_columns(saved.tracks.data(), track_columns, m.networks, m.capacity, m.stream.get());
  m.stream.wait();
}

template <class Number>
SavedNetworks<Number> DeviceBatch<Number>::save() const {
  std::vector<Number> states = save_states();
  const Memory& m = *memory_;
  return {std::move(states), m.tracks.download_columns(track_columns, m.networks, m.capacity, m.stream.get())};
}

template <class Number>
void DeviceBatch<Number>::restore_states(const Problem& problem, std::span<const Number> states) {
  Memory& m = *memory_;
  m.take_device();
  m.networks = states.size() / network_columns;
  m.problem = problem;
  m.states.upload_columns(states.data(), network_columns, m.networks, m.capacity, m.stream.get());
  m.stream.wait();
}

template <class Number>
std::vector<Number> DeviceBatch<Number>::save_states() const {
  const Memory& m = *memory_;
  m.take_device();
  return m.states.download_columns(network_columns, m.networks, m.capacity, m.stream.get());
}

template <class Number>
void DeviceBatch<Number>::advance(std::int64_t steps) {
  Memory& m = *memory_;
  m.take_device();
  const DeviceColumns<Number> state = m.view().state;
  if (m.problem.decoupled()) {
    m.points.advance(points_of(state, m.networks, m.problem), steps, m.multiprocessors, m.stream.get());
  } else {
    advance_networks(state, m.networks, m.problem, steps, m.multiprocessors, m.stream.get());
  }
  m.stream.wait();
}

template <class Number>
std::vector<CheckpointCounts> DeviceBatch<Number>::record(std::span<const RecordedTime> times,
                                                          std::span<const std::int64_t> steps_before) {
  Memory& m = *memory_;
  m.take_device();
  const cudaStream_t stream = m.stream.get();
  m.times.upload(times.data(), times.size(), stream);
  m.steps.upload(steps_before.data(), steps_before.size(), stream);
  m.checkpoint.clear(times.size(), stream);
  std::vector<OverflowEntry> listed;
  for (bool resuming = false, complete = false; !complete; resuming = true) {
    m.overflow.clear(stream);
    launch_record(m.problem, m.view(), m.networks, {m.times.data(), m.steps.data(), times.size()}, m.checkpoint.view(),
                  m.overflow.view(), {m.progress.data(), resuming}, m.multiprocessors, stream);
    const OverflowList::Contents contents = m.overflow.download(stream);
    listed.insert(listed.end(), contents.entries.begin(), contents.entries.end());
    complete = contents.complete;
  }
  std::vector<CheckpointCounts> counts = m.checkpoint.collect(times.size(), stream);
  add_overflow(counts, listed);
  return counts;
}

template <class Number>
HorizonCounts DeviceBatch<Number>::finish(const FitWindow& window) {
  Memory& m = *memory_;
  m.take_device();
  const cudaStream_t stream = m.stream.get();
  m.horizon.clear(1, stream);
  std::vector<OverflowEntry> listed;
  for (bool resuming = false, complete = false; !complete; resuming = true) {
    m.overflow.clear(stream);
    launch_finish(m.problem, window, m.view(), m.networks, m.horizon.view(), m.overflow.view(),
                  {m.progress.data(), resuming}, m.dip_times.data(), m.multiprocessors, stream);
    const OverflowList::Contents contents = m.overflow.download(stream);
    listed.insert(listed.end(), contents.entries.begin(), contents.entries.end());
    complete = contents.complete;
  }
  std::vector<TallyCounts<HorizonShape>> counts = m.horizon.collect(1, stream);
  add_overflow(counts, listed);
  return {std::move(counts[0]), count_equal(m.dip_times, m.distinct_times, m.time_counts, m.networks, stream)};
}

template class DeviceBatch<double>;
template class DeviceBatch<Pair<float>>;

}  // namespace logmargin
