#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "host/plan/schedule.hpp"
#include "host/tally/distribution.hpp"
#include "logmargin/horizon_values.hpp"

namespace logmargin {

/// What a crowd of networks shows at one recorded t.
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

/// log10 t_eps of the converging networks for one threshold.
struct TimeToGapTally {
  Distribution log10_t{BinScale::absolute};
  std::uint64_t never_above = 0;  ///< networks whose gap never exceeds the threshold

  TimeToGapTally& operator+=(const TimeToGapTally& other);
};

/// What a crowd of networks shows at the horizon. Dip, rates and times are over the converging ones.
struct HorizonTally {
  explicit HorizonTally(std::size_t fits = 1, std::size_t thresholds = 0) : fit(fits), time_to_gap(thresholds) {}

  std::array<std::uint64_t, outcomes> outcome{};
  std::array<std::uint64_t, 3> dead_points{};
  Distribution dip_margin{BinScale::relative};
  Distribution dip_log10_t{BinScale::absolute};  ///< dips at t = 0 are not in it
  Distribution limiting_constant{BinScale::relative};
  std::vector<FitTally> fit;  ///< as the schedule's fits: the run's own last
  std::vector<TimeToGapTally> time_to_gap;
  /// Best fitted by a power law at the first fit's horizon, by 1/ln t at the last one's.
  std::uint64_t power_law_first_inverse_log_last = 0;

  HorizonTally& operator+=(const HorizonTally& other);
};

/// One network at the horizon, with all that it accumulated; the vectors matter for converging networks alone.
struct HorizonState {
  Problem problem;
  Network<double> network;
  Outcome outcome;
  Dip<double> dip;
  std::vector<FitSums<double>> sums;  ///< one for each fit of the schedule
  std::vector<double> log10_t_eps;    ///< one for each threshold; see log10_times_to_gap
};

/// The numbers of one network that a HorizonTally counts; those below the first matter for converging networks alone.
struct TrialValues {
  HorizonValues horizon;
  Dip<double> dip;
  std::vector<FitValues> fits;      ///< one for each fit of the schedule
  std::vector<double> log10_t_eps;  ///< one for each threshold
};

TrialValues trial_values(const HorizonState& state, const Schedule& schedule);

/// Adds one network.
void add(HorizonTally& tally, const TrialValues& values);

}  // namespace logmargin
