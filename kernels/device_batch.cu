#include "kernels/advance_launch.cuh"
#include "kernels/device_batch.hpp"
#include "kernels/equal_values.cuh"
#include "kernels/gpu_error.hpp"
#include "kernels/idle_networks.hpp"
#include "kernels/record_body.hpp"
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

}  // namespace

template <class Number>
struct DeviceBatch<Number>::Memory {
  Memory(int device_index, std::size_t most_networks)
      : device(device_index),
        multiprocessors(multiprocessors_of(device_index)),
        capacity(most_networks),
        states(most_networks * network_columns, "states"),
        tracks(most_networks * track_columns, "tracks"),
        lists(most_networks),
        progress(most_networks, "progress"),
        dip_times(most_networks),
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
  WorkLists lists;
  DeviceArray<std::uint32_t> progress;
  EqualValues dip_times;
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
  constexpr std::size_t progress = sizeof(std::uint32_t);
  constexpr std::size_t overflow = sizeof(OverflowEntry) / 8;
  constexpr std::size_t per_network = NetworkColumns<Number>::bytes_per_network + WorkLists::bytes_per_network +
                                      EqualValues::bytes_per_value + progress + overflow;
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
    advance_points(points_of(state, m.networks, m.problem), steps, m.lists, m.multiprocessors, m.stream.get());
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
  WorkLists::Networks lists{};
  if (m.problem.decoupled()) lists = m.lists.list_networks(m.view().state, m.networks, m.multiprocessors, stream);
  std::vector<OverflowEntry> listed;
  for (bool resuming = false, complete = false; !complete; resuming = true) {
    m.overflow.clear(stream);
    const auto launch = [&](auto launch_walker, const WorkList& list) {
      launch_walker(m.problem, m.view(), list, m.networks, {m.times.data(), m.steps.data(), times.size()},
                    m.checkpoint.view(), m.overflow.view(), {m.progress.data(), resuming}, m.multiprocessors, stream);
    };
    if (m.problem.decoupled()) {
      launch(launch_record<StuckNetwork<Number>>, lists.stuck);
      launch(launch_record<TrackedNetwork<false, Number>>, lists.live);
    } else {
      launch(launch_record<TrackedNetwork<true, Number>>, all_below(m.networks));
    }
    const OverflowList::Contents contents = m.overflow.download(stream);
    listed.insert(listed.end(), contents.entries.begin(), contents.entries.end());
    complete = contents.complete;
  }
  std::vector<CheckpointCounts> counts = m.checkpoint.collect(times.size(), stream);
  add_overflow(counts, listed);
  if (m.problem.decoupled()) {
    const std::uint64_t idle = m.lists.count_idle(stream);
    for (CheckpointCounts& at : counts) add_idle_networks(at, m.problem, idle);
  }
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
                  {m.progress.data(), resuming}, m.dip_times.values(), m.multiprocessors, stream);
    const OverflowList::Contents contents = m.overflow.download(stream);
    listed.insert(listed.end(), contents.entries.begin(), contents.entries.end());
    complete = contents.complete;
  }
  std::vector<TallyCounts<HorizonShape>> counts = m.horizon.collect(1, stream);
  add_overflow(counts, listed);
  std::vector<std::pair<double, std::uint64_t>> dip_times = m.dip_times.count(m.networks, stream);
  // Of networks that do not converge.
  std::erase_if(dip_times, [](const auto& counted) { return counted.first < 0.0; });
  return {std::move(counts[0]), std::move(dip_times)};
}

template class DeviceBatch<double>;
template class DeviceBatch<Pair<float>>;

}  // namespace logmargin
