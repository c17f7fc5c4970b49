#pragma once

#include "logmargin/measure/bin.hpp"
#include "logmargin/measure/horizon_values.hpp"

namespace logmargin {

/// The quantities that are tallied as distributions: each has a place, a scale and a value here, and a Distribution in
/// host/tally/tally.hpp. Adding, files, GPU counters and tests go through these lists.

/// The quantities of a network at each recorded t are these.
struct RecordedQuantities {
  enum Quantity : int { margin, gap, log10_loss, local_log_exponent };
  static constexpr int quantities = 4;

  LOGMARGIN_HOST_DEVICE static constexpr BinScale scale(int quantity) {
    return quantity == margin || quantity == gap ? BinScale::relative : BinScale::absolute;
  }
  /// Returns whether it is tallied for those networks alone that classify both points.
  LOGMARGIN_HOST_DEVICE static constexpr bool of_classified(int quantity) { return quantity != log10_loss; }
  /// Returns what files call it.
  static constexpr const char* name(int quantity) {
    constexpr const char* names[quantities] = {"margin", "gap", "log10_loss", "local_log_exponent"};
    return names[quantity];
  }
};

/// QuantityValues holds one network's values of the quantities of a list, in its order.
template <class Quantities, class V = double>
struct QuantityValues {
  V value[Quantities::quantities];
};

template <class V>
using RecordedValues = QuantityValues<RecordedQuantities, V>;

/// Returns their values; exponent is what local_log_exponent gives.
template <class V>
LOGMARGIN_HOST_DEVICE RecordedValues<V> recorded_values(const Observation<V>& seen, const V& exponent) {
  return {{seen.margin, seen.gap, seen.log10_loss, exponent}};
}

/// The quantities of each fit of a network that converges are these.
struct FitQuantities {
  enum Quantity : int { inverse_log_constant, constant_ratio, inverse_log_r2, log_exponent, power_exponent };
  static constexpr int quantities = 5;

  LOGMARGIN_HOST_DEVICE static constexpr BinScale scale(int quantity) {
    return quantity == log_exponent || quantity == power_exponent ? BinScale::absolute : BinScale::relative;
  }
};

LOGMARGIN_HOST_DEVICE QuantityValues<FitQuantities> fit_quantities(const FitValues& fit) {
  return {{fit.rates.inverse_log_constant, fit.constant_ratio, fit.rates.inverse_log_r2, fit.rates.log_exponent,
           fit.rates.power_exponent}};
}

/// The quantities of a network at the horizon are these.
struct HorizonQuantities {
  enum Quantity : int { dip_margin, limiting_constant, margin, excess, log10_t_of_law, unresolved_log10_t };
  static constexpr int quantities = 6;

  LOGMARGIN_HOST_DEVICE static constexpr BinScale scale(int quantity) {
    return quantity == log10_t_of_law || quantity == unresolved_log10_t ? BinScale::absolute : BinScale::relative;
  }
  /// Returns whether it is tallied for networks of that outcome.
  LOGMARGIN_HOST_DEVICE static constexpr bool is_of(int quantity, Outcome outcome) {
    return outcome == (quantity == unresolved_log10_t ? Outcome::unresolved : Outcome::converging);
  }
};

/// log10_t: of how far an unresolved network was followed; of no meaning for others.
LOGMARGIN_HOST_DEVICE QuantityValues<HorizonQuantities> horizon_quantities(const HorizonValues& values,
                                                                           double dip_margin, double log10_t) {
  return {{dip_margin, values.limiting_constant, values.margin, values.excess, values.log10_t_of_law, log10_t}};
}

}  // namespace logmargin
