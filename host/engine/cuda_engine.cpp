#include "host/engine/cuda_engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <type_traits>

#include "host/engine/cpu_engine.hpp"
#include "host/engine/device.hpp"
#include "host/engine/over_threads.hpp"
#include "host/engine/reach.hpp"
#include "host/engine/stepped_networks.hpp"
#include "host/error.hpp"
#include "kernels/device_batch.hpp"
#include "kernels/gpu_error.hpp"
#include "kernels/launch_shape.hpp"

namespace logmargin {

namespace {

static_assert(earlier_fit_horizons.size() + 1 <= most_fits);

/// Of one launch: between two looks at the stop signal.
constexpr double launch_seconds = 0.1;

template <class Number>
IssueRate issue_rate_on_line(const GpuDevice& device, const Method& method) {
  if constexpr (std::is_same_v<Number, double>) {
    return method.plain() ? issue_rate_in_double(device.fp64_per_second())
                          : issue_rate_of_methods(device.fp64_per_second());
  } else {
    return issue_rate_in_pairs(device.fp32_per_second(), device.fp64_per_second());
  }
}

template <class Number>
IssueRate issue_rate_of(const GpuDevice& device, const Problem& problem) {
  const IssueRate on_line = issue_rate_on_line<Number>(device, problem.method);
  return problem.in_space ? issue_rate_in_space(on_line, device.fp64_per_second()) : on_line;
}

TrialSource source_of(const CellRun& cell) {
  TrialSource source = {cell.problem, cell.laws.weight, cell.laws.bias, cell.seed};
  source.axes = cell.directions.axes();
  // Nothing else has leaps.
  if (cell.problem.method.plain()) source.lockstep_until = cell.stepping.lockstep_until;
  return source;
}

/// Runs cells whose states are kept in Numbers.
template <class Number>
class CudaRunner {
 public:
  HorizonTally run(const std::vector<GpuDevice>& devices, const CellRun& cell, const Schedule& schedule,
                   const CheckpointSink& on_checkpoint, RunControl& control) {
    const TrialSource source = source_of(cell);
    const ColumnCounts columns = column_counts(cell.problem);
    const std::size_t batch_size = take_memory(devices, cell.trials, columns);
    const auto batches = static_cast<std::size_t>((cell.trials + batch_size - 1) / batch_size);
    const auto workers = static_cast<unsigned>(std::clamp<std::size_t>(batches, 1, slots_.size()));
    const std::size_t recorded = schedule.times().size();
    const PassPlan plan =
        plan_passes(recorded, NetworkColumns<Number>::bytes_per_network(columns), cell.trials, workers);
    std::vector<SavedNetworks<Number>> kept(plan.keep_batches ? batches : 0);
    std::vector<HorizonTally> horizon(workers, HorizonTally(schedule.fits.size(), cell.thresholds.size()));
    std::vector<FitWindow> windows;
    for (const Fit& fit : schedule.fits) windows.push_back(fit.window);

    for (std::size_t first = 0; first < recorded; first += plan.recorded_times_per_pass) {
      const std::size_t last = std::min(recorded, first + plan.recorded_times_per_pass);
      std::vector<std::vector<CheckpointTally>> tallies(workers, std::vector<CheckpointTally>(last - first));
      over_threads(workers, batches, [&](unsigned worker, std::size_t b) {
        const Slot& slot = slots_[worker];
        const std::uint64_t start = static_cast<std::uint64_t>(b) * batch_size;
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(batch_size, cell.trials - start));
        if (first > 0) {
          slot.batch->restore(source, cell.first_trial + start, kept[b]);
        } else {
          slot.batch->initialise(source, cell.first_trial + start, count);
        }
        const Walk walk = {*slot.batch, issue_rate_of<Number>(*slot.device, cell.problem), count};
        if (!takes_steps(cell.problem.method)) {
          follow_through(walk, schedule, first, last, tallies[worker], control);
        } else if (source.leaps()) {
          leap_through(walk, schedule, first, last, tallies[worker], control);
        } else {
          go_through(walk, schedule, first, last, tallies[worker], control);
        }
        if (last == recorded) {
          add_counts(horizon[worker], slot.batch->finish(windows, cell.thresholds));
        } else {
          kept[b] = slot.batch->save();
        }
      });
      for (std::size_t r = first; r < last; ++r) {
        CheckpointTally& sum = tallies[0][r - first];
        for (unsigned worker = 1; worker < workers; ++worker) sum += tallies[worker][r - first];
        on_checkpoint(r, sum);
      }
    }
    for (unsigned worker = 1; worker < workers; ++worker) horizon[0] += horizon[worker];
    return std::move(horizon[0]);
  }

 private:
  struct Slot {
    std::unique_ptr<DeviceBatch<Number>> batch;
    const GpuDevice* device;
  };

  struct Walk {
    DeviceBatch<Number>& batch;
    IssueRate issue_rate;
    std::size_t networks;
  };

  /// Recorded t number first ... last - 1 of one batch that stands at the one before.
  static void go_through(const Walk& walk, const Schedule& schedule, std::size_t first, std::size_t last,
                         std::vector<CheckpointTally>& tallies, RunControl& control) {
    const std::vector<RecordedTime>& times = schedule.times();
    const std::size_t most = records_per_launch(walk.networks, most_steps_between_records, walk.issue_rate,
                                                launch_seconds, most_records_per_group);
    double reached = first == 0 ? 0.0 : times[first - 1].t;
    for (std::size_t r = first; r < last;) {
      const RecordGroup group = next_group(times, r, last, reached, most);
      advance(walk, group.lead_steps, control);
      reached += static_cast<double>(group.lead_steps);
      const std::vector<std::int64_t> steps = steps_before_each(times, group, reached);
      look_for_stop(control);
      const std::vector<CheckpointCounts> counts = walk.batch.record({.times = {times.data() + r, group.count},
                                                                      .earlier = earlier_fits(schedule, r, group.count),
                                                                      .steps_before = steps,
                                                                      .from_t = reached});
      for (std::size_t k = 0; k < group.count; ++k) add_counts(tallies[r - first + k], counts[k]);
      r += group.count;
      count_steps(control, walk.networks, times[r - 1].t - reached);
      reached = times[r - 1].t;
    }
  }

  /// The same where networks leap: any t is as near as the next.
  static void leap_through(const Walk& walk, const Schedule& schedule, std::size_t first, std::size_t last,
                           std::vector<CheckpointTally>& tallies, RunControl& control) {
    const std::vector<RecordedTime>& times = schedule.times();
    for (std::size_t r = first; r < last;) {
      look_for_stop(control);
      const std::size_t records = std::min(last - r, most_records_per_group);
      const double from_t = r == 0 ? 0.0 : times[r - 1].t;
      const std::vector<CheckpointCounts> counts = walk.batch.record({.times = {times.data() + r, records},
                                                                      .earlier = earlier_fits(schedule, r, records),
                                                                      .steps_before = {},
                                                                      .from_t = from_t});
      for (std::size_t k = 0; k < records; ++k) add_counts(tallies[r - first + k], counts[k]);
      r += records;
      control.count_done(static_cast<double>(walk.networks) * (times[r - 1].t - from_t));
      // What each thread stepped before it leapt is not counted.
      control.count_computed(std::numeric_limits<double>::quiet_NaN());
    }
  }

  /// The same on paths, where nothing is computed step by step.
  static void follow_through(const Walk& walk, const Schedule& schedule, std::size_t first, std::size_t last,
                             std::vector<CheckpointTally>& tallies, RunControl& control) {
    constexpr std::int64_t no_steps = 0;
    const std::vector<RecordedTime>& times = schedule.times();
    double reached = first == 0 ? 0.0 : times[first - 1].t;
    for (std::size_t r = first; r < last; ++r) {
      look_for_stop(control);
      if (times[r].t > reached) walk.batch.follow(times[r].t);
      const std::vector<CheckpointCounts> counts = walk.batch.record({.times = {times.data() + r, 1},
                                                                      .earlier = earlier_fits(schedule, r, 1),
                                                                      .steps_before = {&no_steps, 1},
                                                                      .from_t = times[r].t});
      add_counts(tallies[r - first], counts[0]);
      control.count_done(static_cast<double>(walk.networks) * (times[r].t - reached));
      reached = times[r].t;
    }
  }

  static std::vector<std::span<const RecordedTime>> earlier_fits(const Schedule& schedule, std::size_t first,
                                                                 std::size_t count) {
    std::vector<std::span<const RecordedTime>> earlier;
    for (std::size_t fit = 0; fit + 1 < schedule.fits.size(); ++fit) {
      earlier.emplace_back(schedule.fits[fit].times.data() + first, count);
    }
    return earlier;
  }

  static void advance(const Walk& walk, std::int64_t steps, RunControl& control) {
    while (steps > 0) {
      look_for_stop(control);
      const std::int64_t now = std::min(steps, steps_per_launch(walk.networks, walk.issue_rate, launch_seconds));
      walk.batch.advance(now);
      count_steps(control, walk.networks, static_cast<double>(now));
      steps -= now;
    }
  }

  static void count_steps(RunControl& control, std::size_t networks, double steps) {
    control.count_done(static_cast<double>(networks) * steps);
    control.count_computed(static_cast<double>(networks) * steps);
  }

  /// Slots for the batches of so many trials, kept from cell to cell; returns the networks of a batch.
  std::size_t take_memory(const std::vector<GpuDevice>& devices, std::uint64_t trials, const ColumnCounts& columns) {
    std::size_t free_bytes = devices[0].free_bytes;
    for (const GpuDevice& device : devices) free_bytes = std::min(free_bytes, device.free_bytes);
    const BatchBytes bytes = DeviceBatch<Number>::bytes(columns);
    const std::size_t wanted = batch_networks(free_bytes, bytes, trials, devices.size());
    return capacity_.provide(wanted, columns, [&](std::size_t networks) {
      slots_.clear();
      for (int round = 0; round < batches_in_flight; ++round) {
        for (const GpuDevice& device : devices) {
          slots_.push_back({std::make_unique<DeviceBatch<Number>>(device.index, networks, columns), &device});
        }
      }
    });
  }

  std::vector<Slot> slots_;
  HeldCapacity capacity_;
};

class CudaEngine final : public Engine {
 public:
  explicit CudaEngine(std::vector<GpuDevice> devices) : devices_(std::move(devices)) {}

  std::string description() const override {
    std::string text;
    for (const GpuDevice& device : devices_) {
      text += fmt::format("{}cuda:{} ({}, {} multiprocessors)", text.empty() ? "" : ", ", device.index, device.name,
                          device.multiprocessors);
    }
    return text;
  }

  bool lists_trials() const override { return false; }

  bool computes(const CellRun& cell) const override { return gpus_compute(cell); }

  HorizonTally run(const CellRun& cell, const Schedule& schedule, const CheckpointSink& on_checkpoint,
                   RunControl& control) override {
    if (!computes(cell)) {
      return make_cpu_engine(available_lane_kernels().back(), available_threads())
          ->run(cell, schedule, on_checkpoint, control);
    }
    try {
      return cell.precision == Precision::mixed ? mixed_.run(devices_, cell, schedule, on_checkpoint, control)
                                                : in_double_.run(devices_, cell, schedule, on_checkpoint, control);
    } catch (const GpuError& error) {
      throw DeviceError(fmt::format("the GPU failed: {}", error.what()));
    }
  }

 private:
  std::vector<GpuDevice> devices_;
  CudaRunner<double> in_double_;
  CudaRunner<Pair<float>> mixed_;
};

}  // namespace

bool gpus_compute(const CellRun& cell) {
  return !takes_steps(cell.problem.method) || !cell.stepping.leaps() || cell.problem.decoupled();
}

std::unique_ptr<Engine> make_cuda_engine(std::vector<GpuDevice> devices) {
  return std::make_unique<CudaEngine>(std::move(devices));
}

}  // namespace logmargin
