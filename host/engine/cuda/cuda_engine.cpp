#include "host/engine/cuda/cuda_engine.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/engine/batch_runner.hpp"
#include "host/engine/cpu/cpu_engine.hpp"
#include "host/engine/device.hpp"
#include "host/error.hpp"
#include "kernels/batch/device_batch.hpp"
#include "kernels/device/stepper_columns.hpp"
#include "kernels/runtime/gpu_error.hpp"
#include "kernels/runtime/launch_shape.hpp"

namespace logmargin {

namespace {

static_assert(earlier_fit_horizons.size() + 1 <= most_fits);

/// One launch takes about so long: no stop is looked for on the way.
constexpr double launch_seconds = 0.1;

template <class Stepper>
IssueRate issue_rate_of(const GpuDevice& device, const Problem& problem) {
  IssueRate on_line = issue_rate_in_pairs(device.fp32_per_second(), device.fp64_per_second());
  if constexpr (std::is_same_v<typename Stepper::Number, double>) {
    on_line = Stepper::is_gd_exponential ? issue_rate_in_double(device.fp64_per_second())
                                         : issue_rate_of_methods(device.fp64_per_second());
  }
  return with_geometry(problem, [&]<class Geometry>(std::type_identity<Geometry>) {
    return std::is_same_v<Geometry, NetworkInRd> ? issue_rate_in_space(on_line, device.fp64_per_second()) : on_line;
  });
}

/// Slot is a batch's place on a device.
template <class Number>
struct Slot {
  std::unique_ptr<DeviceBatch<Number>> batch;
  const GpuDevice* device;
};

/// CudaTrainer trains batches in one slot.
template <class Stepper>
class CudaTrainer final : public BatchTrainer {
  using Number = typename Stepper::Number;

 public:
  CudaTrainer(const Slot<Number>& slot, const CellRun& cell, const Schedule& schedule)
      : batch_(*slot.batch),
        cell_(cell),
        schedule_(schedule),
        source_{cell.problem, cell.laws.weight, cell.laws.bias, cell.seed, cell.stepping, cell.directions.axes()},
        issue_rate_(issue_rate_of<Stepper>(*slot.device, cell.problem)) {
    for (const Fit& fit : schedule.fits) windows_.push_back(fit.window);
  }

  void start(const BatchTrials& trials) override {
    networks_ = trials.count;
    batch_.initialise(source_, trials.first, trials.count);
  }
  std::unique_ptr<KeptBatch> keep() override { return std::make_unique<Kept>(batch_.save()); }
  void resume(const BatchTrials& trials, std::unique_ptr<KeptBatch> kept) override {
    networks_ = trials.count;
    batch_.restore(source_, trials.first, static_cast<Kept&>(*kept).networks);
  }

  void train(std::size_t first, std::size_t last, std::vector<RecordedTally>& tallies, std::vector<double>*,
             RunControl& control) override {
    const std::vector<RecordedTime>& times = schedule_.times();
    double reached = first == 0 ? 0.0 : times[first - 1].t;
    for (std::size_t r = first; r < last;) {
      control.throw_if_stop_requested();
      const RecordGroup group = lead_to_group(r, last, reached, control);
      if (group.lead_steps > 0) control.throw_if_stop_requested();
      const std::vector<CheckpointCounts> counts = batch_.record(
          {.times = {times.data() + r, group.count}, .earlier = earlier_fits(r, group.count), .from_t = reached});
      for (std::size_t k = 0; k < group.count; ++k) add_counts(tallies[r - first + k], counts[k], cell_.statistics);
      r += group.count;
      count_steps(control, times[r - 1].t - reached);
      reached = times[r - 1].t;
    }
  }

  void finish(HorizonTally& tally, std::vector<TrialRecord>*) override {
    add_counts(tally, batch_.finish(windows_, cell_.thresholds));
  }

 private:
  struct Kept final : KeptBatch {
    explicit Kept(SavedNetworks<Number>&& from) : networks(std::move(from)) {}
    SavedNetworks<Number> networks;
  };

  /// Returns the group of recorded t that starts at number r, and leads the networks to where the record kernel takes
  /// over.
  RecordGroup lead_to_group(std::size_t r, std::size_t last, double& reached, RunControl& control) {
    const std::vector<RecordedTime>& times = schedule_.times();
    if constexpr (std::is_same_v<Stepper, PathStepper>) {
      if (times[r].t > reached) batch_.follow(times[r].t);
      count_steps(control, times[r].t - reached);
      reached = times[r].t;
      return {1, 0};
    }
    // Leaps reach any t, so that no steps lead to the group.
    if constexpr (std::is_same_v<Stepper, LeapStepper>) return {std::min(last - r, most_records_per_group), 0};
    const std::size_t most =
        records_per_launch(networks_, most_steps_between_records, issue_rate_, launch_seconds, most_records_per_group);
    const RecordGroup group = next_group(times, r, last, reached, most);
    for (std::int64_t left = group.lead_steps; left > 0;) {
      control.throw_if_stop_requested();
      const std::int64_t now = std::min(left, steps_per_launch(networks_, issue_rate_, launch_seconds));
      batch_.advance(now);
      count_steps(control, static_cast<double>(now));
      left -= now;
    }
    reached += static_cast<double>(group.lead_steps);
    return group;
  }

  void count_steps(RunControl& control, double steps) const {
    const double of_all = static_cast<double>(networks_) * steps;
    control.count_done(of_all);
    control.count_computed(Stepper::computed_share * of_all);
  }

  std::vector<std::span<const RecordedTime>> earlier_fits(std::size_t first, std::size_t count) const {
    std::vector<std::span<const RecordedTime>> earlier;
    for (std::size_t fit = 0; fit + 1 < schedule_.fits.size(); ++fit) {
      earlier.emplace_back(schedule_.fits[fit].times.data() + first, count);
    }
    return earlier;
  }

  DeviceBatch<Number>& batch_;
  const CellRun& cell_;
  const Schedule& schedule_;
  CellParameters source_;
  IssueRate issue_rate_;
  std::vector<FitWindow> windows_;
  std::size_t networks_ = 0;
};

/// CudaCells runs cells whose states are kept in Numbers, and keeps their memory from cell to cell.
template <class Number>
class CudaCells {
 public:
  HorizonTally run(const std::vector<GpuDevice>& devices, const CellRun& cell, const Schedule& schedule,
                   const RecordedSink& on_recorded, RunControl& control) {
    const ColumnCounts columns = column_counts<Number>(cell.problem, cell.stepping);
    const std::size_t networks = take_memory(devices, cell.trials, columns);
    const BatchLayout layout = {networks, NetworkColumns<Number>::bytes_per_network(columns),
                                static_cast<unsigned>(slots_.size())};
    const auto make_trainer = [&](unsigned worker) {
      std::unique_ptr<BatchTrainer> trainer;
      with_kernel_stepper<Number>(cell.problem, cell.stepping, [&]<class Stepper>(std::type_identity<Stepper>) {
        trainer = std::make_unique<CudaTrainer<Stepper>>(slots_[worker], cell, schedule);
      });
      return trainer;
    };
    return run_batches(cell, schedule, layout, make_trainer, on_recorded, control);
  }

 private:
  /// Takes slots for the batches of so many trials. Returns the number of networks of a batch.
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

  std::vector<Slot<Number>> slots_;
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

  bool supports_trial_output() const override { return false; }

  bool supports(const CellRun& cell) const override { return gpus_compute(cell); }

  HorizonTally run(const CellRun& cell, const Schedule& schedule, const RecordedSink& on_recorded,
                   RunControl& control) override {
    if (!supports(cell)) {
      return make_cpu_engine(available_simd_dispatch_tables().back(), available_threads())
          ->run(cell, schedule, on_recorded, control);
    }
    try {
      return cell.precision == Precision::mixed ? mixed_.run(devices_, cell, schedule, on_recorded, control)
                                                : in_double_.run(devices_, cell, schedule, on_recorded, control);
    } catch (const GpuError& error) {
      throw DeviceError(fmt::format("the GPU failed: {}", error.what()));
    }
  }

 private:
  std::vector<GpuDevice> devices_;
  CudaCells<double> in_double_;
  CudaCells<Pair<float>> mixed_;
};

}  // namespace

bool gpus_compute(const CellRun& cell) {
  return cell.weights == nullptr &&
         with_stepper<double>(cell.problem, cell.stepping,
                              []<class Stepper>(std::type_identity<Stepper>) { return has_kernels<Stepper>; });
}

std::unique_ptr<Engine> make_cuda_engine(std::vector<GpuDevice> devices) {
  return std::make_unique<CudaEngine>(std::move(devices));
}

}  // namespace logmargin
