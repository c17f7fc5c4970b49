#pragma once

#include <nanobind/nanobind.h>

#include <cstddef>
#include <vector>

#include "host/results/trials/trial_rows.hpp"

namespace logmargin::python {

/// TrialTable keeps of every trial, cell by cell, what trials.h5 has a column for, and its trajectory.
class TrialTable final : public RowSink {
 public:
  /// Makes room for so many trials of so many cells; of columns of trials.h5 only where these are listed. The layout
  /// has to outlive the table. Throws std::bad_alloc.
  TrialTable(const TrialRows& layout, std::size_t cells, std::uint64_t trials, bool lists_trials);

  void take(std::span<const double> rows) override;

  /// Returns {name: (values, unit, description, kind, categories)}, with values of shape (cells, trials), or None where
  /// no list of trials is asked for. The arrays take over the table's memory.
  nanobind::object take_trials();
  /// Returns the same of trajectories, with values of shape (cells, trials, recorded t).
  nanobind::object take_trajectories();

 private:
  std::size_t cells_, trials_, recorded_;
  std::vector<std::vector<double>> values_;        ///< of each column of trials.h5
  std::vector<std::vector<double>> trajectories_;  ///< of each trajectory column
  std::size_t taken_ = 0;
};

}  // namespace logmargin::python
