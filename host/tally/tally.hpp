#pragma once

#include <array>
#include <cstdint>

#include "host/tally/distribution.hpp"
#include "logmargin/outcome.hpp"
#include "logmargin/rate_fit.hpp"

namespace logmargin {

/// What a crowd of networks shows at one recorded t.
struct CheckpointTally {
  std::uint64_t classified = 0;
  std::array<std::uint64_t, 16> patterns{};
  Distribution margin{BinScale::relative};      ///< over the classified
  Distribution gap{BinScale::relative};         ///< over the classified
  Distribution log10_loss{BinScale::absolute};  ///< over all with a finite loss

  CheckpointTally& operator+=(const CheckpointTally& other);
};

/// What a crowd of networks shows at the horizon. Dip and rates are over the converging ones.
struct HorizonTally {
  std::array<std::uint64_t, outcomes> outcome{};
  std::array<std::uint64_t, 3> dead_points{};
  Distribution dip_margin{BinScale::relative};
  Distribution dip_log10_t{BinScale::absolute};  ///< dips at t = 0 are not in it
  Distribution inverse_log_constant{BinScale::relative};
  Distribution limiting_constant{BinScale::relative};
  Distribution constant_ratio{BinScale::relative};
  Distribution inverse_log_r2{BinScale::relative};
  Distribution log_exponent{BinScale::absolute};
  Distribution power_exponent{BinScale::absolute};
  std::array<std::uint64_t, fitted_laws> best_fit{};

  HorizonTally& operator+=(const HorizonTally& other);
};

/// Adds one network, as it stands at the horizon. Number is double or, in mixed precision, Pair<float>.
template <class Number = double>
void add(HorizonTally& tally, const Problem& problem, const Network<Number>& network, const Dip<double>& dip,
         const FitSums<double>& sums, const FitWindow& window);

extern template void add(HorizonTally&, const Problem&, const Network<double>&, const Dip<double>&,
                         const FitSums<double>&, const FitWindow&);
extern template void add(HorizonTally&, const Problem&, const Network<Pair<float>>&, const Dip<double>&,
                         const FitSums<double>&, const FitWindow&);

}  // namespace logmargin
