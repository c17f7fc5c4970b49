#pragma once

#include <optional>

#include "kernels/batch/device_batch.hpp"
#include "kernels/launch/record_launch.cuh"
#include "kernels/runtime/side_stream.cuh"
#include "kernels/tally/equal_values.cuh"
#include "kernels/tally/tally_tables.cuh"

namespace logmargin {

/// Returns the size of the overflow list for so many networks. A launch goes on after its list of values without a
/// counter has been emptied, so that any size above 0 is right.
inline std::size_t overflow_capacity(std::size_t networks) { return networks / 8 + 4096; }

inline int multiprocessors_of(int device) {
  check(cudaSetDevice(device), "cudaSetDevice(" + std::to_string(device) + ")");
  int count = 0;
  check(cudaDeviceGetAttribute(&count, cudaDevAttrMultiProcessorCount, device), "cudaDeviceGetAttribute");
  return count;
}

/// Memory holds all that a batch keeps on its device.
template <class Number>
struct DeviceBatch<Number>::Memory {
  Memory(int device_index, std::size_t most_networks, const ColumnCounts& columns)
      : device(device_index),
        multiprocessors(multiprocessors_of(device_index)),
        capacity(most_networks),
        states(most_networks * static_cast<std::size_t>(columns.states), "states"),
        tracks(most_networks * static_cast<std::size_t>(columns.tracks), "tracks"),
        lists(most_networks),
        progress(most_networks, "progress"),
        dip_times(most_networks),
        overflow(overflow_capacity(most_networks)),
        times(most_fits * most_records_per_group, "recorded times"),
        checkpoint(most_records_per_group),
        horizon(1),
        time(Thresholds::most) {}

  /// Makes the batch's device the current one, since a thread may serve several devices.
  void take_device() const { check(cudaSetDevice(device), "cudaSetDevice"); }
  NetworkColumns<Number> view() { return {{states.data(), capacity}, {tracks.data(), capacity}}; }
  ColumnCounts columns() const { return column_counts<Number>(source.problem, source.stepping); }
  template <class Visit>
  void with_stepper(Visit&& visit) const {
    with_kernel_stepper<Number>(source.problem, source.stepping, visit);
  }

  void take_source(const CellParameters& from) {
    source = from;
    const auto count = static_cast<std::size_t>(from.axes.coordinates);
    if (count == 0) return;
    std::vector<double> both(from.axes.along, from.axes.along + count);
    both.insert(both.end(), from.axes.across, from.axes.across + count);
    if (!axes || axes->size() < both.size()) axes.emplace(both.size(), "axes");
    axes->upload(both.data(), both.size(), stream.get());
    stream.wait();
    source.axes.along = axes->data();
    source.axes.across = axes->data() + count;
  }

  /// Takes over the source and uploads the states of its networks, each column whole. Precondition: there are as many
  /// columns as the source's networks have.
  void take_states(const CellParameters& from, std::span<const Number> whole_columns) {
    take_device();
    take_source(from);
    networks = whole_columns.size() / static_cast<std::size_t>(columns().states);
    states.upload_columns(whole_columns.data(), columns().states, networks, capacity, stream.get());
  }

  int device;
  int multiprocessors;
  std::size_t capacity;
  std::size_t networks = 0;
  CellParameters source{};  ///< its axes on the device
  std::uint64_t first_trial = 0;
  double reached_t = 0.0;
  Stream stream;
  SideStream side;
  DeviceArray<Number> states;
  DeviceArray<double> tracks;
  std::optional<DeviceArray<double>> axes;
  IndexLists lists;
  DeviceArray<std::uint32_t> progress;
  EqualValues dip_times;
  OverflowList overflow;
  DeviceArray<RecordedTime> times;
  TallyTables<RecordedShape> checkpoint;
  TallyTables<HorizonShape> horizon;
  TallyTables<TimeShape> time;

  /// Launches until every network has found room for its values outside the bins; returns those values.
  template <class Launch>
  std::vector<OverflowEntry> until_complete(const Launch& launch) {
    std::vector<OverflowEntry> listed;
    for (bool resuming = false, complete = false; !complete; resuming = true) {
      overflow.clear(stream.get());
      launch(Progress{progress.data(), resuming});
      const OverflowList::Contents contents = overflow.download(stream.get());
      listed.insert(listed.end(), contents.entries.begin(), contents.entries.end());
      complete = contents.complete;
    }
    return listed;
  }
};

}  // namespace logmargin
