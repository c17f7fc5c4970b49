#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/engine/trials/trial_record.hpp"
#include "host/plan/experiment.hpp"

namespace logmargin {

/// TrialColumn is one column of a table of trials.
struct TrialColumn {
  enum class Kind { index, number, count, category };

  std::string name, unit, description;
  Kind kind;
  std::span<const std::string_view> categories;     ///< names of the values of a category, from 0
  std::function<double(const TrialRecord&)> value;  ///< NaN where undefined; a whole number but for Kind::number
};

/// Returns the columns of a run's trials, in the order in which they are written.
std::vector<TrialColumn> trial_columns(const Experiment& experiment, const Schedule& schedule);

}  // namespace logmargin
