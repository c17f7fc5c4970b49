#pragma once

#include "logmargin/closed_form/free_motion.hpp"
#include "logmargin/model/observation.hpp"

namespace logmargin {

/// Excess is the function part - share whole of a motion's growths. The two stand apart because a small share would be
/// lost in their difference.
struct Excess {
  Affine part, whole;
  double share;
};

LOGMARGIN_HOST_DEVICE double value_of(const Excess& function, const GrowthPair& at) {
  return value_of(function.part, at) - function.share * value_of(function.whole, at);
}
LOGMARGIN_HOST_DEVICE double slope_of(const Excess& function, const GrowthPair& at) {
  return slope_of(function.part, at) - function.share * slope_of(function.whole, at);
}

/// MotionSpan is a motion on an interval of ln t, with its growths at both ends. Where the motion has no end, the
/// interval goes on to where both growths are ln t to every digit.
struct MotionSpan {
  FreeMotion motion;
  bool endless;
  double start, end;
  GrowthPair at_start, at_end;
};

/// Returns the span of a motion. to_ln_t: the motion's end, infinite where it has none.
LOGMARGIN_HOST_DEVICE_CALLED MotionSpan span_of(const FreeMotion& motion, double to_ln_t) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double ln_of_lost_part = 45.0;  // 2^60 times as large is 41.6 more
  const double start = ln_of_first_t(motion);
  double end = to_ln_t;
  if (to_ln_t == infinity) {
    for (const LogGrowth* growth : {&motion.first, &motion.second}) {
      const double ln_of_phase =
          growth->phase == infinity ? growth->log_phase : logarithm(larger(growth->phase, growth->from_t));
      end = larger(growth == &motion.first ? start : end, larger(0.0, ln_of_phase) + ln_of_lost_part);
    }
  }
  return {motion, to_ln_t == infinity, start, end, growths_at(motion, start), growths_at(motion, end)};
}

/// Returns a bound on how steeply a function rises between two ln t. The slope of a growth goes one way between them,
/// or passes its least value, which for steps is a few per cent below 1.
LOGMARGIN_HOST_DEVICE double steepest_rise(const Excess& function, const GrowthPair& a, const GrowthPair& b) {
  constexpr double beyond_the_ends = 1.07;
  const auto rise = [](double factor, double slope_a, double slope_b)
                        LOGMARGIN_INLINED { return larger(factor * slope_a, factor * slope_b); };
  const double rises =
      rise(function.part.first - function.share * function.whole.first, a.first.slope, b.first.slope) +
      rise(function.part.second - function.share * function.whole.second, a.second.slope, b.second.slope);
  return beyond_the_ends * rises;
}

/// Returns ln t of some place at which a function is positive, or -infinity where there is none. It rises at the start
/// of the span and falls at its end, and is positive at neither. The place is looked for where the slope is zero, by
/// the Illinois method (M. Dowell, P. Jarratt, BIT 11, 1971), to half of the digits, which are enough for the height;
/// mostly the search ends before, as the function is positive already or cannot rise so far.
LOGMARGIN_HOST_DEVICE double positive_place(const MotionSpan& span, const Excess& function) {
  constexpr double nowhere = -std::numeric_limits<double>::infinity();
  constexpr int most_steps = 400;
  // As a share of the growths' slopes, which fall to nothing before a growth begins.
  const auto share = [&](const GrowthPair& at)
                         LOGMARGIN_INLINED { return slope_of(function, at) / (at.first.slope + at.second.slope); };
  double rising = span.start;
  double falling = span.end;
  GrowthPair at_rising = span.at_start;
  GrowthPair at_falling = span.at_end;
  double rise = share(at_rising);
  double fall = share(at_falling);
  // Half of the digits of ln t, or of the distance from the start, where growths begin late; to the last digit at most.
  const auto close = [&]() LOGMARGIN_INLINED {
    const double half = 1e-9 * smaller(1.0 + absolute(rising), rising - span.start);
    return falling - rising <= larger(half, 4e-16 * absolute(rising));
  };
  int side = 0;
  for (int i = 0; i < most_steps && !close(); ++i) {
    const double highest =
        value_of(function, at_rising) + (falling - rising) * steepest_rise(function, at_rising, at_falling);
    if (!(highest > 0.0)) return nowhere;
    const double guess = rising + (falling - rising) * (rise / (rise - fall));
    const double middle = 0.5 * (rising + falling);
    // A guess at an end, or far out where the slope is level, is no progress.
    const bool halves = !(guess > rising && guess < falling) || i % 3 == 2;
    const double at = halves ? middle : guess;
    const GrowthPair growths = growths_at(span.motion, at);
    if (value_of(function, growths) > 0.0) return at;
    const double slope = share(growths);
    if (slope > 0.0) {
      rising = at;
      at_rising = growths;
      rise = slope;
      if (side == 1) fall *= 0.5;
      side = 1;
    } else {
      falling = at;
      at_falling = growths;
      fall = slope;
      if (side == -1) rise *= 0.5;
      side = -1;
    }
    if (slope == 0.0) return nowhere;
  }
  return nowhere;
}

/// Returns ln t of the zero of a function that is positive at the given ln t, not at the end of the span, and changes
/// its sign once between. Newton's steps are taken inside a bracket that closes, from a guess if it is in there.
LOGMARGIN_HOST_DEVICE double zero_of(const MotionSpan& span, const Excess& function, double positive_at, double guess) {
  double end = span.end;
  double ln_t = positive_at < guess && guess < end ? guess : 0.5 * (positive_at + end);
  for (;;) {
    const GrowthPair at = growths_at(span.motion, ln_t);
    const double value = value_of(function, at);
    (value > 0.0 ? positive_at : end) = ln_t;
    double next = ln_t - value / slope_of(function, at);
    if (!(positive_at < next && next < end)) {
      next = 0.5 * (positive_at + end);
      if (!(positive_at < next && next < end)) return end;
    }
    if (absolute(next - ln_t) <= 1e-15 * absolute(next)) return next;
    ln_t = next;
  }
}

/// Returns ln t of the last time at which an excess is positive, found exactly. It is -infinity where the excess is not
/// positive at any time of the span, and the span's end where it is positive there, so that it is +infinity where the
/// excess is positive for good.
///
/// The ratio of the growths' slopes goes to 1 monotonically, because ln u is a concave function of t whose derivative
/// is log-convex, and the two growths differ in their phases alone. So the excess has one extremum at most.
LOGMARGIN_HOST_DEVICE_CALLED double last_positive(const MotionSpan& span, const Excess& function) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  double late_zero = infinity;
  if (span.endless) {
    // From the span's end on both growths are ln t, and the function is a line.
    const double drift_of_part = function.part.first + function.part.second;
    const double drift = drift_of_part - function.share * (function.whole.first + function.whole.second);
    const double constant = function.part.constant - function.share * function.whole.constant;
    // A threshold that is the gap's limit to the last digits: the side from which the gap comes decides.
    const double rounding = 0x1p-50 * (absolute(function.part.first) + absolute(function.part.second));
    const bool level = drift_of_part != 0.0 && absolute(drift) <= rounding;
    if (level ? constant > 0.0 : drift > 0.0) return infinity;
    late_zero = -constant / drift;
    if (!level && late_zero > span.end) return late_zero;
  } else if (value_of(function, span.at_end) > 0.0) {
    return span.end;
  }
  double place = span.start;
  if (!(value_of(function, span.at_start) > 0.0)) {
    const bool has_peak = slope_of(function, span.at_start) > 0.0 && slope_of(function, span.at_end) < 0.0;
    place = has_peak ? positive_place(span, function) : -infinity;
  }
  return place > -infinity ? zero_of(span, function, place, late_zero) : -infinity;
}

/// LastAboveOnLine finds when the gap of a network on the line is last above a threshold during a motion.
///
/// The gap is above the threshold, share gamma_star, where one of six functions is positive. Either the crossing of the
/// neurons' lines lies farther than that from the midpoint, to one side or the other:
/// |lead_1 - lead_2| > share (lead_1 + lead_2). Or a neuron is zero too near to the point at which it should fire:
/// 2 z_ii < (1 - share) |z_ii - z_ik|.
class LastAboveOnLine {
 public:
  LOGMARGIN_HOST_DEVICE LastAboveOnLine(const Problem& problem, const FreeMotion& motion, double to_ln_t)
      : optimal_margin_(problem.optimal_margin), span_(span_of(motion, to_ln_t)) {}

  /// Returns ln t as last_positive does. Precondition: the right neuron fires at each point, and the threshold is below
  /// gamma_star.
  LOGMARGIN_HOST_DEVICE double operator()(double threshold) const {
    const double share = threshold / optimal_margin_;
    const Network<Affine>& z = span_.motion.z;
    const Affine first_lead = z.z11 - z.z21;
    const Affine second_lead = z.z22 - z.z12;
    const Excess functions[] = {{first_lead - second_lead, first_lead + second_lead, share},
                                {second_lead - first_lead, first_lead + second_lead, share},
                                {-1.0 * (z.z11 + z.z12), z.z11 - z.z12, share},
                                {z.z12 - 3.0 * z.z11, z.z12 - z.z11, share},
                                {-1.0 * (z.z22 + z.z21), z.z22 - z.z21, share},
                                {z.z21 - 3.0 * z.z22, z.z21 - z.z22, share}};
    double last = -std::numeric_limits<double>::infinity();
    // What matters of each function is whether it is positive later than all before it.
    MotionSpan rest = span_;
    for (const Excess& function : functions) {
      const double found = last_positive(rest, function);
      if (!(found > last)) continue;
      last = found;
      if (last == std::numeric_limits<double>::infinity() || (!rest.endless && !(last < rest.end))) return last;
      rest.start = last;
      rest.at_start = growths_at(rest.motion, last);
    }
    return last;
  }

 private:
  double optimal_margin_;
  MotionSpan span_;
};

}  // namespace logmargin
