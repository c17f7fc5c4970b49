#pragma once

#include "logmargin/numerics/lane.hpp"

namespace logmargin {

/// RungeKuttaStep is one step of the method of J. R. Dormand and P. J. Prince (Journal of Computational and Applied
/// Mathematics 6, 1980) of order 5, with an error estimate of order 4.
template <int dimension>
struct RungeKuttaStep {
  double state[dimension];  ///< at the end
  double slope[dimension];  ///< there: the next step's first
  double error[dimension];  ///< estimated, of the lower order
};

/// Takes one step. from, slope: the state and its slope at the start. slope_at(state, passed, out) gives the slope at a
/// state that is reached after so much of the step.
template <int dimension, class Slope>
LOGMARGIN_HOST_DEVICE void runge_kutta_step(const double* from, const double* slope, double step, const Slope& slope_at,
                                            RungeKuttaStep<dimension>& result) {
  constexpr int stages = 7;
  constexpr double node[stages] = {0.0, 1.0 / 5.0, 3.0 / 10.0, 4.0 / 5.0, 8.0 / 9.0, 1.0, 1.0};
  constexpr double weight[stages][stages - 1] = {
      {},
      {1.0 / 5.0},
      {3.0 / 40.0, 9.0 / 40.0},
      {44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0},
      {19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0},
      {9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0},
      {35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0}};
  constexpr double error_weight[stages] = {71.0 / 57600.0,      0.0,          -71.0 / 16695.0, 71.0 / 1920.0,
                                           -17253.0 / 339200.0, 22.0 / 525.0, -1.0 / 40.0};

  double slopes[stages][dimension];
  for (int k = 0; k < dimension; ++k) slopes[0][k] = slope[k];
  for (int stage = 1; stage < stages; ++stage) {
    for (int k = 0; k < dimension; ++k) {
      double mean = 0.0;
      for (int earlier = 0; earlier < stage; ++earlier) {
        mean = lane<double>::fma(weight[stage][earlier], slopes[earlier][k], mean);
      }
      result.state[k] = lane<double>::fma(step, mean, from[k]);
    }
    slope_at(result.state, node[stage] * step, slopes[stage]);
  }
  for (int k = 0; k < dimension; ++k) {
    double mean = 0.0;
    for (int stage = 0; stage < stages; ++stage) {
      mean = lane<double>::fma(error_weight[stage], slopes[stage][k], mean);
    }
    result.error[k] = step * mean;
    result.slope[k] = slopes[stages - 1][k];
  }
}

}  // namespace logmargin
