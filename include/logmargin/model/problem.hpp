#pragma once

#include <type_traits>

#include "logmargin/model/method.hpp"

namespace logmargin {

/// Problem holds two labelled points and a step size, reduced to the coefficients of the recurrence.
///
/// The network is N(x) = relu(w1 x + b1) - relu(w2 x + b2), the loss (1/2) sum_i l(y_i N(x_i)), the first
/// point has label +1, the second -1 (arXiv:2603.02095, section 2). In R^D only the points' positions along the line
/// through them and its distance from the origin count.
struct Problem {
  double positive_position;        ///< x_1, label +1
  double negative_position;        ///< x_2, label -1
  double step_size;                ///< eta > 0
  double rate_positive;            ///< kappa_11 = (eta/2)(x_1^2 + 1)
  double rate_negative;            ///< kappa_22 = (eta/2)(x_2^2 + 1)
  double rate_coupling;            ///< kappa_12 = (eta/2)(x_1 x_2 + 1)
  double optimal_margin;           ///< gamma_star = |x_1 - x_2|/2
  Method method = {};              ///< how it is trained
  double offset = 0.0;             ///< q >= 0, of the line of the points from the origin
  bool multi_dimensional = false;  ///< D > 1: weights have parts that do not show on the line, see OrthogonalComponent

  /// Returns whether the two points do not act on each other: x_1 x_2 = -1, as for the default data (+1, -1).
  LOGMARGIN_HOST_DEVICE bool has_orthogonal_points() const { return rate_coupling == 0.0; }

  /// Returns whether networks that converge come to the largest possible margin. Unequal norms leave a gap where the
  /// points' line misses the origin, and on a line through it where kappa_12 < 0. For kappa_12 > 0 each neuron comes to
  /// zero at the other's point.
  LOGMARGIN_HOST_DEVICE bool gap_vanishes() const {
    return rate_positive == rate_negative || (offset == 0.0 && rate_coupling >= 0.0);
  }
};

/// Calls visit with std::true_type where the points act on each other, else with std::false_type.
template <class Visit>
LOGMARGIN_HOST_DEVICE decltype(auto) with_coupling(const Problem& problem, Visit&& visit) {
  return problem.has_orthogonal_points() ? visit(std::false_type{}) : visit(std::true_type{});
}

/// Returns the rate, with one beyond the range of double limited to 2^1022 in size: leaps take the double of it. Times
/// a weight of 0 such a rate is then 0, so that nothing moves what no force acts on.
LOGMARGIN_HOST_DEVICE double finite_rate(double rate) {
  constexpr double most = 0x1p1022;
  return rate > most ? most : rate < -most ? -most : rate;
}

/// PointPair holds what the recurrence sees of two points of R^D.
struct PointPair {
  double positive_position;  ///< x_1 e, along the direction e of the line through the points
  double negative_position;  ///< x_2 e
  double offset;             ///< q >= 0, the line's distance from the origin
  double distance;           ///< |x_1 - x_2|
  double square_positive;    ///< |x_1|^2
  double square_negative;    ///< |x_2|^2
  double product;            ///< x_1 x_2
};

/// Returns a pair of points on the line. Precondition: finite, distinct positions, checked where they enter the
/// program.
LOGMARGIN_HOST_DEVICE PointPair pair_on_line(double positive_position, double negative_position) {
  const double span = positive_position - negative_position;
  return {positive_position,
          negative_position,
          0.0,
          span < 0.0 ? -span : span,
          positive_position * positive_position,
          negative_position * negative_position,
          positive_position * negative_position};
}

/// Returns the problem of two points under a method. Precondition: step_size > 0, and points with finite squares,
/// checked where they enter the program.
LOGMARGIN_HOST_DEVICE Problem make_problem(const PointPair& points, bool multi_dimensional, double step_size,
                                           const Method& method = {}) {
  const double half_step = step_size / 2.0;
  return {points.positive_position,
          points.negative_position,
          step_size,
          finite_rate(half_step * (points.square_positive + 1.0)),
          finite_rate(half_step * (points.square_negative + 1.0)),
          finite_rate(half_step * (points.product + 1.0)),
          points.distance / 2.0,
          method,
          points.offset,
          multi_dimensional};
}

/// Returns the problem of points on the line, D = 1. Precondition: as of pair_on_line, and step_size > 0.
LOGMARGIN_HOST_DEVICE Problem make_problem(double positive_position, double negative_position, double step_size,
                                           const Method& method = {}) {
  return make_problem(pair_on_line(positive_position, negative_position), false, step_size, method);
}

}  // namespace logmargin
