#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "host/plan/schedule.hpp"
#include "host/tally/distribution.hpp"
#include "logmargin/horizon_values.hpp"

namespace logmargin {

/// What networks show at one recorded t.
struct CheckpointTally {
  std::uint64_t classified = 0;
  std::array<std::uint64_t, 16> patterns{};
  Distribution margin{BinScale::relative};              ///< over the classified
  Distribution gap{BinScale::relative};                 ///< over the classified
  Distribution log10_loss{BinScale::absolute};          ///< over all with a finite loss
  Distribution local_log_exponent{BinScale::absolute};  ///< over the classified, from the recorded t before to this

  CheckpointTally& operator+=(const CheckpointTally& other);
};

/// The fit that ends at one horizon, over the networks converging at the run's own.
struct FitTally {
  Distribution inverse_log_constant{BinScale::relative};
  Distribution constant_ratio{BinScale::relative};
  Distribution inverse_log_r2{BinScale::relative};
  Distribution log_exponent{BinScale::absolute};
  Distribution power_exponent{BinScale::absolute};
  std::array<std::uint64_t, fitted_laws> best{};

  FitTally& operator+=(const FitTally& other);
};

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
  explicit HorizonTally(std::size_t fits = 1, std::size_t thresholds = 0) : fit(fits), time_to_gap(thresholds) {}

  std::array<std::uint64_t, outcomes> outcome{};
  std::array<std::uint64_t, 3> dead_points{};
  Distribution dip_margin{BinScale::relative};
  Distribution dip_log10_t{BinScale::absolute};  ///< dips at t = 0 are not in it
  Distribution limiting_constant{BinScale::relative};
  Distribution margin{BinScale::relative};
  Distribution excess{BinScale::relative};          ///< |gap - limiting_gap|
  std::array<std::uint64_t, law_checks> law{};      ///< by LawCheck, of the run's own fit
  Distribution log10_t_of_law{BinScale::absolute};  ///< from which on a network can tell of its law
  std::vector<FitTally> fit;                        ///< as the schedule's fits: the run's own last
  std::vector<TimeToGapTally> time_to_gap;
  /// Best fitted by a power law at the first fit's horizon, by 1/ln t at the last one's.
  std::uint64_t power_law_first_inverse_log_last = 0;
  /// How far the unresolved ones were followed.
  Distribution unresolved_log10_t{BinScale::absolute};

  HorizonTally& operator+=(const HorizonTally& other);
};

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
