#include "host/results/trials/trial_rows.hpp"

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

void TrialRows::append(const TrialRecord& trial, std::vector<double>& rows) const {
  for (const TrialColumn& column : columns_) rows.push_back(with_one_nan_and_zero(column.value(trial)));
  for (const double value : trial.trajectory) rows.push_back(with_one_nan_and_zero(value));
}

}  // namespace logmargin
