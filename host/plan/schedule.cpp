#include "host/plan/schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/plan/number.hpp"
#include "logmargin/measure/fit_window.hpp"
#include "logmargin/numerics/exponential.hpp"
#include "logmargin/numerics/logarithm.hpp"

namespace logmargin {

namespace {

/// Returns 10^whole, exactly the number that its decimal literal means.
double power_of_ten(int whole) { return std::strtod(fmt::format("1e{}", whole).c_str(), nullptr); }

void append_per_decade(std::vector<double>& times, double horizon, double per_decade) {
  const auto steps = static_cast<std::int64_t>(per_decade);
  for (std::int64_t j = 0;; ++j) {
    // The program's own exponential computes 10^fraction, so that every machine records the same t.
    const double fraction = static_cast<double>(j % steps) / per_decade;
    const double within_decade = fraction == 0.0 ? 1.0 : exponential(fraction * 2.302585092994046);
    const double t = std::round(within_decade * power_of_ten(static_cast<int>(j / steps)));
    if (t >= horizon) return;
    if (static_cast<double>(times.size()) > most_recorded_times) return;
    if (t > times.back()) times.push_back(t);
  }
}

void require_countable(double count, const RecordRule& rule) {
  if (count > most_recorded_times) {
    reject(rule.option, rule.text(),
           fmt::format("these are too many recorded t; at most {:.0e} are allowed", most_recorded_times));
  }
}

Fit make_fit(double horizon, const std::vector<double>& recorded) {
  Fit fit{horizon, {0, 0.0, 0.0, 0.0}, {}};
  const double window_start = std::max(2.0, std::sqrt(horizon));
  double sum_ln = 0.0;
  double sum_ln_ln = 0.0;
  double previous_t = 0.0;
  for (const double t : recorded) {
    RecordedTime time{t, 0.0, 0.0, t >= window_start && t <= horizon, false, 0.0};
    if (previous_t >= 2.0) time.ln_ln_t_rise = logarithm(logarithm(t)) - logarithm(logarithm(previous_t));
    if (time.in_fit_window) {
      time.opens_fit_window = fit.window.count == 0;
      time.centred_ln_t = logarithm(t);
      time.centred_ln_ln_t = logarithm(time.centred_ln_t);
      sum_ln += time.centred_ln_t;
      sum_ln_ln += time.centred_ln_ln_t;
      ++fit.window.count;
    }
    fit.times.push_back(time);
    previous_t = t;
  }
  if (fit.window.count == 0) return fit;

  const auto count = static_cast<double>(fit.window.count);
  fit.window.mean_ln_t = sum_ln / count;
  for (RecordedTime& time : fit.times) {
    if (!time.in_fit_window) continue;
    time.centred_ln_t -= sum_ln / count;
    time.centred_ln_ln_t -= sum_ln_ln / count;
    fit.window.sum_of_squares_ln_t += time.centred_ln_t * time.centred_ln_t;
    fit.window.sum_of_squares_ln_ln_t += time.centred_ln_ln_t * time.centred_ln_ln_t;
  }
  set_fit_nodes(fit.times, fit.window);
  return fit;
}

}  // namespace

std::vector<double> recorded_times(double horizon, const RecordRule& rule) {
  std::vector<double> times = {0.0};
  switch (rule.kind) {
    case RecordRule::Kind::per_decade:
      append_per_decade(times, horizon, rule.count);
      require_countable(static_cast<double>(times.size()), rule);
      break;
    case RecordRule::Kind::every:
      require_countable(horizon / rule.count, rule);
      for (double i = 1; i * rule.count < horizon; ++i) times.push_back(i * rule.count);
      break;
    case RecordRule::Kind::list:
      for (const double t : rule.listed) {
        if (t > horizon) {
          reject(rule.option, number_text(t),
                 fmt::format("it is beyond the horizon; a whole number from 0 to {} (--steps) is", horizon));
        }
        times.push_back(t);
      }
      break;
  }
  times.push_back(horizon);
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  return times;
}

std::string_view Statistics::word(std::size_t place) {
  if (place == pattern) return "pattern";
  if (place == RecordedQuantities::log10_loss) return "loss";
  if (place == RecordedQuantities::local_log_exponent) return "exponent";
  return RecordedQuantities::name(static_cast<int>(place));
}

std::string Statistics::text() const {
  if (chosen.all()) return "all";
  std::string text;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (chosen[i]) text += (text.empty() ? "" : ",") + std::string(word(i));
  }
  return text;
}

std::string RecordRule::text() const {
  if (kind == Kind::per_decade) return "log=" + number_text(count);
  if (kind == Kind::every) return "every=" + number_text(count);
  std::string times;
  for (const double t : listed) times += (times.empty() ? "" : ",") + number_text(t);
  return times;
}

Schedule make_schedule(double horizon, const RecordRule& rule) {
  const std::vector<double> recorded = recorded_times(horizon, rule);
  Schedule schedule{horizon, {}};
  for (const double earlier : earlier_fit_horizons) {
    if (earlier < horizon) schedule.fits.push_back(make_fit(earlier, recorded));
  }
  schedule.fits.push_back(make_fit(horizon, recorded));
  return schedule;
}

double log10_of_time(double t) {
  const double value = logarithm(t) * inverse_of_ln_10;
  const double whole = std::round(value);
  return std::isfinite(whole) && power_of_ten(static_cast<int>(whole)) == t ? whole : value;
}

}  // namespace logmargin
