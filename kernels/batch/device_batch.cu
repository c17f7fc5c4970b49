#include <algorithm>
#include <type_traits>

#include "kernels/batch/batch_memory.cuh"
#include "kernels/batch/idle_networks.hpp"
#include "kernels/launch/advance_launch.cuh"
#include "kernels/launch/method_launch.cuh"
#include "kernels/launch/path_launch.cuh"
#include "kernels/runtime/launch_shape.hpp"
#include "logmargin/stepping/time_to_gap.hpp"

namespace logmargin {

template <class Number>
DeviceBatch<Number>::DeviceBatch(int device, std::size_t capacity, const ColumnCounts& columns)
    : memory_(std::make_unique<Memory>(device, capacity, columns)) {}
template <class Number>
DeviceBatch<Number>::DeviceBatch(DeviceBatch&&) noexcept = default;
template <class Number>
DeviceBatch<Number>::~DeviceBatch() {
  if (memory_) report(cudaSetDevice(memory_->device), "cudaSetDevice");
}

template <class Number>
BatchBytes DeviceBatch<Number>::bytes(const ColumnCounts& columns) {
  constexpr std::size_t progress = sizeof(std::uint32_t);
  constexpr std::size_t overflow = sizeof(OverflowEntry) / 8;
  const std::size_t per_network = NetworkColumns<Number>::bytes_per_network(columns) + IndexLists::bytes_per_network +
                                  EqualValues::bytes_per_value + progress + overflow;
  constexpr std::size_t slack = std::size_t{16} << 20;
  return {per_network, slack + most_records_per_group * TallyTables<RecordedShape>::bytes_per_record +
                           TallyTables<HorizonShape>::bytes_per_record +
                           Thresholds::most * TallyTables<TimeShape>::bytes_per_record};
}

template <class Number>
void DeviceBatch<Number>::initialise(const CellParameters& source, std::uint64_t first_trial, std::size_t count) {
  Memory& m = *memory_;
  m.take_device();
  m.networks = count;
  m.take_source(source);
  m.first_trial = first_trial;
  m.reached_t = 0.0;
  // What a stepper keeps beside the network is nothing until it has been set.
  m.states.zero(m.capacity * static_cast<std::size_t>(m.columns().states), m.stream.get());
  with_geometry(source.problem, [&]<class Geometry>(std::type_identity<Geometry>) {
    launch_initialise<Geometry>(m.source, first_trial, m.view(), count, m.multiprocessors, m.stream.get());
    m.with_stepper([&]<class Stepper>(std::type_identity<Stepper>) {
      if constexpr (begins_with_more<Stepper>) {
        launch_begin<Stepper, Geometry>(source.problem, m.view(), count, m.multiprocessors, m.stream.get());
      }
    });
  });
}

template <class Number>
void DeviceBatch<Number>::restore(const CellParameters& source, std::uint64_t first_trial,
                                  const SavedNetworks<Number>& saved) {
  Memory& m = *memory_;
  m.take_states(source, saved.states);
  m.first_trial = first_trial;
  m.reached_t = saved.reached_t;
  m.tracks.upload_columns(saved.tracks.data(), m.columns().tracks, m.networks, m.capacity, m.stream.get());
  m.stream.wait();
}

template <class Number>
SavedNetworks<Number> DeviceBatch<Number>::save() const {
  std::vector<Number> states = save_states();
  const Memory& m = *memory_;
  return {std::move(states), m.tracks.download_columns(m.columns().tracks, m.networks, m.capacity, m.stream.get()),
          m.reached_t};
}

template <class Number>
void DeviceBatch<Number>::restore_states(const Problem& problem, std::span<const Number> states) {
  Memory& m = *memory_;
  m.take_source({problem, {}, {}, 0});
  std::vector<Number> columns(states.begin(), states.end());
  columns.resize(states.size() / network_columns * static_cast<std::size_t>(m.columns().states), Number(0.0));
  m.take_states({problem, {}, {}, 0}, columns);
  m.reached_t = 0.0;
  m.stream.wait();
}

template <class Number>
std::vector<Number> DeviceBatch<Number>::save_states() const {
  const Memory& m = *memory_;
  m.take_device();
  return m.states.download_columns(m.columns().states, m.networks, m.capacity, m.stream.get());
}

template <class Number>
void DeviceBatch<Number>::advance(std::int64_t steps) {
  Memory& m = *memory_;
  m.take_device();
  const Problem& problem = m.source.problem;
  m.with_stepper([&]<class Stepper>(std::type_identity<Stepper>) {
    const DeviceColumns<typename Stepper::Number> state = m.view().state;
    if constexpr (std::is_same_v<Stepper, OptimizerStepper>) {
      advance_under_method(state, m.networks, problem, m.reached_t, steps, m.multiprocessors, m.stream.get());
    } else if constexpr (std::is_same_v<Stepper, DescentStepper<Number, true>>) {
      advance_coupled_networks(state, m.networks, problem, static_cast<std::int64_t>(m.reached_t), steps,
                               m.multiprocessors, m.stream.get());
    } else if constexpr (std::is_same_v<Stepper, DescentStepper<Number, false>>) {
      const PointColumns<Number> points = points_of(state, m.networks, problem);
      auto t = static_cast<std::int64_t>(m.reached_t);
      for (std::int64_t left = steps; left > 0;) {
        const std::int64_t now = std::min(left, steps_until_listing(static_cast<double>(t)));
        advance_points(points, t, now, m.lists, m.multiprocessors, m.side, m.stream.get());
        t += now;
        left -= now;
      }
    }
  });
  m.reached_t += static_cast<double>(steps);
  m.stream.wait();
}

template <class Number>
void DeviceBatch<Number>::follow(double t) {
  Memory& m = *memory_;
  m.take_device();
  if constexpr (std::is_same_v<Number, double>) {
    follow_paths(m.view().state, m.networks, m.source.problem, t, m.multiprocessors, m.stream.get());
  }
  m.reached_t = t;
}

template <class Number>
std::vector<CheckpointCounts> DeviceBatch<Number>::record(const RecordedGroup& group) {
  Memory& m = *memory_;
  m.take_device();
  const cudaStream_t stream = m.stream.get();
  const Problem& problem = m.source.problem;
  const std::size_t records = group.times.size();
  std::vector<RecordedTime> times(group.times.begin(), group.times.end());
  for (const auto& earlier : group.earlier) times.insert(times.end(), earlier.begin(), earlier.end());
  m.times.upload(times.data(), times.size(), stream);
  m.checkpoint.clear(records, stream);
  const RecordRun run = {m.times.data(),
                         m.times.data() + records,
                         static_cast<int>(group.earlier.size()),
                         records,
                         group.from_t,
                         m.source.stepping.lockstep_until,
                         limiting_gap(problem)};
  std::vector<OverflowEntry> listed;
  std::uint64_t idle = 0;
  const auto launch = [&]<class ThreadTrajectory>(std::type_identity<ThreadTrajectory>, const IndexList& list,
                                                  const Progress& progress) {
    launch_record<ThreadTrajectory>(problem, m.view(), list, m.networks, run, m.checkpoint.view(), m.overflow.view(),
                                    progress, m.multiprocessors, stream);
  };
  m.with_stepper([&]<class Stepper>(std::type_identity<Stepper>) {
    with_geometry(problem, [&]<class Geometry>(std::type_identity<Geometry>) {
      const std::type_identity<TrajectoryIn<Stepper, Geometry>> trajectory;
      if constexpr (std::is_same_v<Stepper, DescentStepper<Number, false>>) {
        const IndexLists::Networks lists = m.lists.list_networks(m.view().state, m.networks, m.multiprocessors, stream);
        listed = m.until_complete([&](const Progress& progress) {
          // Nothing that these show depends on the orthogonal component.
          launch(std::type_identity<StuckNetwork<Number>>{}, lists.stuck, progress);
          launch(trajectory, lists.live, progress);
        });
        idle = m.lists.count_idle(stream);
      } else {
        const IndexList all = all_below(m.networks);
        listed = m.until_complete([&](const Progress& progress) { launch(trajectory, all, progress); });
      }
    });
  });
  // The copies to the device read this memory until the stream has been waited for, which until_complete does.
  std::vector<CheckpointCounts> counts = m.checkpoint.collect(records, stream);
  add_overflow(counts, listed);
  m.reached_t = group.times.back().t;
  for (CheckpointCounts& at : counts) add_idle_networks(at, problem, idle);
  return counts;
}

template <class Number>
HorizonCounts DeviceBatch<Number>::finish(std::span<const FitWindow> windows, std::span<const double> thresholds) {
  Memory& m = *memory_;
  m.take_device();
  const cudaStream_t stream = m.stream.get();
  HorizonCounts counts;
  for (std::size_t fit = 0; fit < windows.size(); ++fit) {
    m.horizon.clear(1, stream);
    const CountedFit counted = {windows[fit], fit_column(fit, windows.size()), windows[0],
                                fit_column(0, windows.size())};
    std::vector<OverflowEntry> listed;
    m.with_stepper([&]<class Stepper>(std::type_identity<Stepper>) {
      listed = m.until_complete([&](const Progress& progress) {
        launch_finish<typename AtHorizon<Stepper>::type>(m.source.problem, m.reached_t, counted, m.view(), m.networks,
                                                         m.horizon.view(), m.overflow.view(), progress,
                                                         m.dip_times.values(), m.multiprocessors, stream);
      });
    });
    std::vector<TallyCounts<HorizonShape>> tally = m.horizon.collect(1, stream);
    add_overflow(tally, listed);
    counts.fit.push_back(std::move(tally[0]));
  }
  counts.dip_times = m.dip_times.count(m.networks, stream);
  // A negative t marks a network that does not converge.
  std::erase_if(counts.dip_times, [](const auto& counted) { return counted.first < 0.0; });
  if (thresholds.empty()) return counts;
  if (!knows_times_to_gap(m.source.problem)) {
    counts.count_unknown_times(thresholds.size());
    return counts;
  }
  IndexList list = all_below(0);
  m.with_stepper([&]<class Stepper>(std::type_identity<Stepper>) {
    if constexpr (!std::is_same_v<Stepper, OptimizerStepper>) {
      list = launch_list_with_times<typename AtHorizon<Stepper>::type>(m.source.problem, m.reached_t, m.view().state,
                                                                       m.networks, m.lists, m.multiprocessors, stream);
    }
  });
  for (std::size_t first = 0; first < thresholds.size(); first += Thresholds::most) {
    Thresholds group = {{}, std::min(Thresholds::most, thresholds.size() - first)};
    std::copy_n(thresholds.begin() + static_cast<std::ptrdiff_t>(first), group.count, group.value);
    m.time.clear(group.count, stream);
    const std::vector<OverflowEntry> listed = m.until_complete([&](const Progress& progress) {
      with_geometry(m.source.problem, [&]<class Geometry>(std::type_identity<Geometry>) {
        launch_times<Geometry>(m.source, m.first_trial, group, list, m.networks, m.time.view(), m.overflow.view(),
                               progress, m.multiprocessors, stream);
      });
    });
    std::vector<TallyCounts<TimeShape>> tallies = m.time.collect(group.count, stream);
    add_overflow(tallies, listed);
    for (TallyCounts<TimeShape>& tally : tallies) counts.threshold.push_back(std::move(tally));
  }
  return counts;
}

template class DeviceBatch<double>;
template class DeviceBatch<Pair<float>>;

}  // namespace logmargin
