#pragma once

#include "kernels/counted_value.hpp"
#include "kernels/network_columns.hpp"
#include "kernels/tally_shape.hpp"
#include "logmargin/horizon_values.hpp"

namespace logmargin {

template <class Number>
LOGMARGIN_HOST_DEVICE HorizonValues finish_network(const Problem& problem, const FitWindow& window,
                                                   const NetworkColumns<Number>& columns, std::size_t i) {
  return horizon_values(problem, columns.state.template load<Network<Number>>(0, i),
                        columns.tracks.template load<Dip<double>>(0, i),
                        columns.tracks.template load<FitSums<double>>(first_fit_column, i), window);
}

/// The values' pieces, in the order of HorizonShape.
struct CountedHorizon {
  CountedValue value[HorizonShape::quantities];
};

LOGMARGIN_HOST_DEVICE CountedHorizon counted_horizon(const HorizonValues& values) {
  using Shape = HorizonShape;
  double value[Shape::quantities];
  value[Shape::dip_margin] = values.dip.margin;
  value[Shape::inverse_log_constant] = values.fit.inverse_log_constant;
  value[Shape::limiting_constant] = values.limiting_constant;
  value[Shape::constant_ratio] = values.constant_ratio;
  value[Shape::inverse_log_r2] = values.fit.inverse_log_r2;
  value[Shape::log_exponent] = values.fit.log_exponent;
  value[Shape::power_exponent] = values.fit.power_exponent;
  CountedHorizon counted;
  for (int q = 0; q < Shape::quantities; ++q) {
    counted.value[q] = counted_value(Shape::window(q), values.converging(), value[q]);
  }
  return counted;
}

}  // namespace logmargin
