#include "host/results/trials/trial_rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace logmargin {

namespace {

double with_one_nan_and_zero(double value) {
  return std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value + 0.0;
}

}  // namespace

TrialRows::TrialRows(const Experiment& experiment, const Schedule& schedule, TrajectoryColumns trajectory_columns)
    : columns_(trial_columns(experiment, schedule)), trajectory_columns_(std::move(trajectory_columns)) {
  for (const RecordedTime& time : schedule.times()) times_.push_back(time.t);
}

bool TrialRows::is_of(std::uint64_t trial, std::span<const double> row) const {
  constexpr double most_in_a_byte = 255.0;
  const auto is_whole = [](double value, double most) {
    return value >= 0.0 && value <= most && value == std::floor(value);
  };
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    switch (columns_[c].kind) {
      case TrialColumn::Kind::index:
        if (row[c] != static_cast<double>(trial)) return false;
        break;
      case TrialColumn::Kind::count:
        if (!is_whole(row[c], most_in_a_byte)) return false;
        break;
      case TrialColumn::Kind::category:
        if (!is_whole(row[c], static_cast<double>(columns_[c].categories.size()) - 1.0)) return false;
        break;
      case TrialColumn::Kind::number:
        break;
    }
  }
  std::span<const double> trajectories = row.subspan(columns_.size());
  for (const TrajectoryColumn column : trajectory_columns_) {
    const std::span<const double> values = trajectories.first(times_.size());
    trajectories = trajectories.subspan(times_.size());
    if (!facts_of(column).whole) continue;
    if (!std::all_of(values.begin(), values.end(), [&](double value) { return is_whole(value, most_in_a_byte); })) {
      return false;
    }
  }
  return true;
}

void TrialRows::append(const TrialRecord& trial, std::vector<double>& rows) const {
  for (const TrialColumn& column : columns_) rows.push_back(with_one_nan_and_zero(column.value(trial)));
  for (const double value : trial.trajectory) rows.push_back(with_one_nan_and_zero(value));
}

}  // namespace logmargin
