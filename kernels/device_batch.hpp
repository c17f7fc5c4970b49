#pragma once

#include <memory>
#include <span>
#include <vector>

#include "kernels/batch_size.hpp"
#include "kernels/network_columns.hpp"
#include "kernels/record_group.hpp"
#include "kernels/tally_counts.hpp"
#include "kernels/trial_source.hpp"

namespace logmargin {

/// Neighbouring trials advancing together on one device, on a stream of their own. Every call may throw GpuError.
class DeviceBatch {
 public:
  static constexpr int columns_per_network = kept_columns;

  /// Takes all memory the batch will need for up to capacity networks.
  DeviceBatch(int device, std::size_t capacity);
  ~DeviceBatch();
  DeviceBatch(DeviceBatch&&) noexcept;

  /// Memory taken by the constructor, and for a moment by finish.
  static BatchBytes bytes();

  /// Starts count trials from first on, at t = 0. Precondition: count <= capacity.
  void initialise(const TrialSource& source, std::uint64_t first_trial, std::size_t count);

  /// Takes count networks from the host: columns_per_network columns of count numbers, each column whole.
  void restore(const Problem& problem, std::span<const double> columns, std::size_t count);
  std::vector<double> save() const;

  /// Steps every network, and waits.
  void advance(std::int64_t steps);

  /// Goes through neighbouring recorded t, steps_before[i] steps before times[i], and counts at each; dips and fit sums
  /// take part. Waits. Precondition: as many times as steps_before, at most most_records_per_group.
  std::vector<CheckpointCounts> record(std::span<const RecordedTime> times, std::span<const std::int64_t> steps_before);

  HorizonCounts finish(const FitWindow& window);

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

}  // namespace logmargin
