#pragma once

#include <concepts>
#include <tuple>
#include <type_traits>

#include "host/tally/tally.hpp"

namespace logmargin {

template <class Tally, class... Others>
concept Tallies = (std::same_as<std::remove_const_t<Others>, Tally> && ...);

/// Calls visit with each field of a tally, in the order of the bytes, or with the same field of several tallies: the
/// one list that adding, writing, reading and comparing share. A field is a count, an array of counts or a
/// Distribution.
template <class Visit, class... Each>
requires Tallies<RecordedTally, Each...>
void for_each_field(Visit&& visit, Each&... tally) {
  visit(tally.classified...);
  visit(tally.patterns...);
  for (const auto quantity : recorded_distributions) visit((tally.*quantity)...);
}

template <class Visit, class... Each>
requires Tallies<FitTally, Each...>
void for_each_field(Visit&& visit, Each&... tally) {
  for (const auto quantity : fit_distributions) visit((tally.*quantity)...);
  visit(tally.best...);
}

template <class Visit, class... Each>
requires Tallies<TimeToGapTally, Each...>
void for_each_field(Visit&& visit, Each&... tally) {
  visit(tally.log10_t...);
  visit(tally.never_above...);
  visit(tally.never_within...);
  visit(tally.not_known...);
}

/// Does the same for the fields of a HorizonTally. Precondition: each tally has as many fits and thresholds.
template <class Visit, class... Each>
requires Tallies<HorizonTally, Each...>
void for_each_field(Visit&& visit, Each&... tally) {
  visit(tally.outcome...);
  visit(tally.dead_points...);
  visit(tally.dip_margin...);
  visit(tally.dip_log10_t...);
  visit(tally.limiting_constant...);
  visit(tally.margin...);
  visit(tally.excess...);
  visit(tally.law...);
  visit(tally.log10_t_of_law...);
  const auto& first = std::get<0>(std::tie(tally...));
  for (std::size_t i = 0; i < first.fit.size(); ++i) for_each_field(visit, tally.fit[i]...);
  for (std::size_t i = 0; i < first.time_to_gap.size(); ++i) for_each_field(visit, tally.time_to_gap[i]...);
  visit(tally.power_law_first_inverse_log_last...);
  visit(tally.unresolved_log10_t...);
}

}  // namespace logmargin
