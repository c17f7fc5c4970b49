#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "logmargin/track.hpp"

namespace logmargin {

/// Which t are recorded, as the user asked: 0 and the horizon always are.
struct RecordRule {
  enum class Kind { per_decade, every, list };
  Kind kind = Kind::per_decade;
  double count = 8;                      ///< per_decade: K of t = round(10^(j/K)); every: the spacing
  std::vector<double> listed;            ///< list: whole numbers >= 0
  std::string_view option = "--record";  ///< where the rule was given, for messages

  std::string text() const;  ///< as the option takes it
};

/// The recorded t of a run, rising from 0 to the horizon, with what the fits need to know of each.
struct Schedule {
  double horizon;
  std::vector<RecordedTime> times;
  FitWindow fit_window;  ///< over the recorded t with sqrt(horizon) <= t <= horizon and t >= 2
};

/// More recorded t than this are refused: they would not fit a machine's memory or a reader's day.
inline constexpr double most_recorded_times = 2e7;

/// Precondition: horizon is a whole number >= 1. Throws UsageError for a listed t beyond the horizon and for more than
/// most_recorded_times.
Schedule make_schedule(double horizon, const RecordRule& rule);

/// log10 t, exact for powers of ten; -infinity for 0.
double log10_of_time(double t);

}  // namespace logmargin
