#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "host/plan/schedule.hpp"
#include "host/tally/distribution.hpp"
#include "logmargin/measure/quantities.hpp"

namespace logmargin {

/// What networks show at one recorded t.
struct RecordedTally {
  using Quantities = RecordedQuantities;

  std::uint64_t classified = 0;
  std::array<std::uint64_t, 16> patterns{};
  Distribution margin{Quantities::scale(Quantities::margin)};          ///< over the classified
  Distribution gap{Quantities::scale(Quantities::gap)};                ///< over the classified
  Distribution log10_loss{Quantities::scale(Quantities::log10_loss)};  ///< over all with a finite loss
  Distribution local_log_exponent{
      Quantities::scale(Quantities::local_log_exponent)};  ///< over the classified, from the recorded t before to this

  RecordedTally& operator+=(const RecordedTally& other);
};

/// The members of a tally that hold the quantities of the lists in quantities.hpp, in their order.
template <class Tally, int quantities>
using DistributionMembers = std::array<Distribution Tally::*, quantities>;

inline constexpr DistributionMembers<RecordedTally, RecordedQuantities::quantities> recorded_distributions = {
    &RecordedTally::margin, &RecordedTally::gap, &RecordedTally::log10_loss, &RecordedTally::local_log_exponent};

/// The fit that ends at one horizon, over the networks converging at the run's own.
struct FitTally {
  using Quantities = FitQuantities;

  Distribution inverse_log_constant{Quantities::scale(Quantities::inverse_log_constant)};
  Distribution constant_ratio{Quantities::scale(Quantities::constant_ratio)};
  Distribution inverse_log_r2{Quantities::scale(Quantities::inverse_log_r2)};
  Distribution log_exponent{Quantities::scale(Quantities::log_exponent)};
  Distribution power_exponent{Quantities::scale(Quantities::power_exponent)};
  std::array<std::uint64_t, fitted_laws> best{};

  FitTally& operator+=(const FitTally& other);
};

inline constexpr DistributionMembers<FitTally, FitQuantities::quantities> fit_distributions = {
    &FitTally::inverse_log_constant, &FitTally::constant_ratio, &FitTally::inverse_log_r2, &FitTally::log_exponent,
    &FitTally::power_exponent};

/// log10 t_eps of the converging networks for one threshold. Each network is in one of the four.
struct TimeToGapTally {
  Distribution log10_t{BinScale::absolute};
  std::uint64_t never_above = 0;   ///< networks whose gap never exceeds the threshold
  std::uint64_t never_within = 0;  ///< networks whose gap stays above the threshold for good
  std::uint64_t not_known = 0;     ///< networks whose t_eps is not known

  /// Returns quantiles over the finite and the unknown ones. An unknown t_eps is censored: it counts as later than all
  /// others, and what it reaches is NaN.
  Quantiles quantiles() const { return log10_t.quantiles(not_known); }

  TimeToGapTally& operator+=(const TimeToGapTally& other);
};

/// What networks show at the horizon. All from dip_margin on is over the converging ones, but for the last.
struct HorizonTally {
  using Quantities = HorizonQuantities;

  explicit HorizonTally(std::size_t fits = 1, std::size_t thresholds = 0) : fit(fits), time_to_gap(thresholds) {}

  std::array<std::uint64_t, outcomes> outcome{};
  std::array<std::uint64_t, 3> dead_points{};
  Distribution dip_margin{Quantities::scale(Quantities::dip_margin)};
  Distribution dip_log10_t{BinScale::absolute};  ///< dips at t = 0 are not in it
  Distribution limiting_constant{Quantities::scale(Quantities::limiting_constant)};
  Distribution margin{Quantities::scale(Quantities::margin)};
  Distribution excess{Quantities::scale(Quantities::excess)};  ///< |gap - limiting_gap|
  std::array<std::uint64_t, law_checks> law{};                 ///< by LawCheck, of the run's own fit
  Distribution log10_t_of_law{
      HorizonQuantities::scale(HorizonQuantities::log10_t_of_law)};  ///< from which on a network can tell of its law
  std::vector<FitTally> fit;                                         ///< as the schedule's fits: the run's own last
  std::vector<TimeToGapTally> time_to_gap;
  /// Best fitted by a power law at the first fit's horizon, by 1/ln t at the last one's.
  std::uint64_t power_law_first_inverse_log_last = 0;
  /// How far the unresolved ones were followed.
  Distribution unresolved_log10_t{Quantities::scale(Quantities::unresolved_log10_t)};

  HorizonTally& operator+=(const HorizonTally& other);
};

inline constexpr DistributionMembers<HorizonTally, HorizonQuantities::quantities> horizon_distributions = {
    &HorizonTally::dip_margin, &HorizonTally::limiting_constant, &HorizonTally::margin,
    &HorizonTally::excess,     &HorizonTally::log10_t_of_law,    &HorizonTally::unresolved_log10_t};

/// One network at the horizon, with all that it accumulated; the vectors matter for converging networks alone.
struct HorizonState {
  Problem problem;
  Network<double> network;
  Observation<double> seen;
  Outcome outcome;
  double unresolved_t;  ///< how far an unresolved network was followed
  Dip<double> dip;
  std::vector<FitSums<double>> sums;  ///< one for each fit of the schedule
  std::vector<double> log10_t_eps;    ///< one for each threshold; see log10_times_to_gap
};

/// The numbers of one network that a HorizonTally counts; those below the first matter for converging networks alone.
struct TrialValues {
  HorizonValues horizon;
  LawCheck law;
  double unresolved_t;  ///< how far an unresolved network was followed; NaN for others
  Dip<double> dip;
  std::vector<FitValues> fits;      ///< one for each fit of the schedule
  std::vector<double> log10_t_eps;  ///< one for each threshold
};

TrialValues trial_values(const HorizonState& state, const Schedule& schedule);

/// Adds one network.
void add(HorizonTally& tally, const TrialValues& values);

}  // namespace logmargin
