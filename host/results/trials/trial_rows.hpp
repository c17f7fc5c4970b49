#pragma once

#include "host/results/trials/trial_columns.hpp"

namespace logmargin {

/// TrialRows says what a run lists of a trial, as a row of numbers: first every column of trials.h5, then, for each
/// chosen column of trajectories.h5, its values at every recorded t. Rows are what shards, checkpoints and ranks pass
/// on.
class TrialRows {
 public:
  TrialRows(const Experiment& experiment, const Schedule& schedule, TrajectoryColumns trajectory_columns);

  const std::vector<TrialColumn>& columns() const { return columns_; }
  const TrajectoryColumns& trajectory_columns() const { return trajectory_columns_; }
  const std::vector<double>& times() const { return times_; }  ///< the recorded t
  /// Returns the length of a row.
  std::size_t width() const { return columns_.size() + trajectory_columns_.size() * times_.size(); }

  /// Returns whether a row that was read may be that of the trial: files need not be trusted.
  bool is_of(std::uint64_t trial, std::span<const double> row) const;

  /// Adds a trial's row. It has the same bytes on every device: there is one NaN and one zero.
  void append(const TrialRecord& trial, std::vector<double>& rows) const;

 private:
  std::vector<TrialColumn> columns_;
  TrajectoryColumns trajectory_columns_;
  std::vector<double> times_;
};

/// RowSink is a TrialSink of such rows, which must outlive it.
class RowSink : public TrialSink {
 public:
  explicit RowSink(const TrialRows& layout) : layout_(layout) {}
  const TrialRows& layout() const { return layout_; }
  void append_row(const TrialRecord& trial, std::vector<double>& rows) const override { layout_.append(trial, rows); }

 private:
  const TrialRows& layout_;
};

}  // namespace logmargin
