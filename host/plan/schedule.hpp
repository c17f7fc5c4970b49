#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "logmargin/measure/quantities.hpp"
#include "logmargin/measure/track.hpp"

namespace logmargin {

/// RecordRule says which t are recorded, as the user asked. 0 and the horizon always are.
struct RecordRule {
  enum class Kind { per_decade, every, list };
  Kind kind = Kind::per_decade;
  double count = 8;                      ///< per_decade: K of t = round(10^(j/K)); every: the spacing
  std::vector<double> listed;            ///< list: whole numbers >= 0
  std::string_view option = "--record";  ///< where the rule was given, for messages

  std::string text() const;  ///< as the option takes it
};

/// Statistics says what is tallied at each recorded t: the quantities of RecordedQuantities, then activation patterns.
struct Statistics {
  static constexpr std::size_t pattern = RecordedQuantities::quantities;  ///< its place behind the quantities

  std::bitset<RecordedQuantities::quantities + 1> chosen = ~std::bitset<RecordedQuantities::quantities + 1>();

  /// Returns the word of --statistics for a quantity, or for the patterns.
  static std::string_view word(std::size_t place);
  std::string text() const;  ///< as the option takes it
};

/// Fit is a line fit over the recorded t with sqrt(horizon) <= t <= horizon and t >= 2.
struct Fit {
  double horizon;
  FitWindow window;
  std::vector<RecordedTime> times;  ///< all recorded t, as this fit sees them
};

/// Schedule holds the recorded t of a run, rising from 0 to the horizon, and the fits over them.
struct Schedule {
  double horizon;
  std::vector<Fit> fits;  ///< by rising horizon: earlier_fit_horizons below the run's own, then that

  const std::vector<RecordedTime>& times() const { return fits.back().times; }
};

/// Fits end at these horizons too, so that the approach to the limiting law is seen.
inline constexpr std::array<double, 3> earlier_fit_horizons = {1e6, 1e12, 1e100};

/// More recorded t than this are refused: a machine's memory would not hold them, and they could not be read in a day.
inline constexpr double most_recorded_times = 2e7;

/// Returns the recorded t alone, rising. Its precondition and errors are those of make_schedule.
std::vector<double> recorded_times(double horizon, const RecordRule& rule);

/// Returns the recorded t of the rule and the fits over them. Precondition: horizon is a whole number >= 1. Throws
/// UsageError for a listed t beyond the horizon and for more than most_recorded_times.
Schedule make_schedule(double horizon, const RecordRule& rule);

/// Returns log10 t, which is exact for powers of ten and -infinity for 0.
double log10_of_time(double t);

}  // namespace logmargin
