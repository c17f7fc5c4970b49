#pragma once

#include <memory>
#include <span>
#include <vector>

#include "kernels/batch/batch_size.hpp"
#include "kernels/batch/record_group.hpp"
#include "kernels/device/cell_parameters.hpp"
#include "kernels/runtime/network_columns.hpp"
#include "kernels/tally/tally_counts.hpp"

namespace logmargin {

/// SavedNetworks is a batch on the host: its cell's column_counts of states and of tracks, each column whole. The
/// tracks of a network that cannot converge any more mean nothing.
template <class Number>
struct SavedNetworks {
  std::vector<Number> states;
  std::vector<double> tracks;
  double reached_t;
};

/// RecordedGroup holds neighbouring recorded t, at most most_records_per_group, for networks that stand at from_t. For
/// networks on paths it holds one recorded t, which is from_t.
struct RecordedGroup {
  std::span<const RecordedTime> times;                 ///< as the run's own fit sees them
  std::vector<std::span<const RecordedTime>> earlier;  ///< as fits of earlier horizons do; fewer than most_fits
  double from_t;
};

/// DeviceBatch advances neighbouring trials together on one device, on a stream of their own. Every call may throw
/// GpuError. Number is the type that states are kept in: double or, in mixed precision, Pair<float>, for gradient
/// descent on the exponential loss alone.
template <class Number>
class DeviceBatch {
 public:
  /// Takes all memory the batch will need for up to capacity networks of so many columns, but for the few directions of
  /// points in space.
  DeviceBatch(int device, std::size_t capacity, const ColumnCounts& columns = {});
  ~DeviceBatch();
  DeviceBatch(DeviceBatch&&) noexcept;

  /// Returns the memory that the constructor takes.
  static BatchBytes bytes(const ColumnCounts& columns = {});

  /// Starts count trials from first_trial on, at t = 0. The source's axes are on the host. Precondition: count is not
  /// above capacity, nor are the columns above those that the constructor was given.
  void initialise(const CellParameters& source, std::uint64_t first_trial, std::size_t count);

  /// Takes up networks saved before, from this batch or another, as the trials from first_trial on. Precondition: they
  /// are not above capacity, nor are the columns above those that the constructor was given.
  void restore(const CellParameters& source, std::uint64_t first_trial, const SavedNetworks<Number>& saved);
  SavedNetworks<Number> save() const;

  /// Takes networks alone, column by column, for gradient descent in lockstep from t = 0. The tracks mean nothing then.
  void restore_states(const Problem& problem, std::span<const Number> states);
  std::vector<Number> save_states() const;

  /// Steps every network, and waits.
  void advance(std::int64_t steps);

  /// Takes every network along its path to t. Precondition: the method has no steps, and t is no less than before.
  void follow(double t);

  /// Takes the networks through neighbouring recorded t and counts what they show at each. It also adds to their dips
  /// and fit sums. Waits.
  std::vector<CheckpointCounts> record(const RecordedGroup& group);

  /// Counts what the networks show at the horizon. windows: those of the fits, earlier ones first, the run's own last.
  /// thresholds: eps of log10 t_eps.
  HorizonCounts finish(std::span<const FitWindow> windows, std::span<const double> thresholds);

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

extern template class DeviceBatch<double>;
extern template class DeviceBatch<Pair<float>>;

}  // namespace logmargin
