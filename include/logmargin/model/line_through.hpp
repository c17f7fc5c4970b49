#pragma once

#include <cstddef>

#include "logmargin/model/problem.hpp"
#include "logmargin/numerics/lane.hpp"

namespace logmargin {

/// Returns the sum of a_k b_k as if computed in twice the precision and rounded once (T. Ogita, S. M. Rump, S. Oishi,
/// 2005, Dot2). A product x_1 x_2 = -1, at which points decouple, is met exactly.
LOGMARGIN_HOST_DEVICE double dot_product(const double* a, const double* b, std::size_t count) {
  double sum = 0.0;
  double rest = 0.0;
  for (std::size_t k = 0; k < count; ++k) {
    const double product = a[k] * b[k];
    const double of_product = lane<double>::fma(a[k], b[k], -product);
    const double next = sum + product;
    const double of_sum = next - sum;
    rest += ((sum - (next - of_sum)) + (product - of_sum)) + of_product;
    sum = next;
  }
  return sum + rest;
}

/// Makes a vector's length 1 and returns the length it had, at any magnitude. Precondition: not all zero.
LOGMARGIN_HOST_DEVICE double normalise(double* vector, std::size_t count) {
  double largest = 0.0;
  for (std::size_t k = 0; k < count; ++k) largest = larger(largest, absolute(vector[k]));
  double squares = 0.0;
  for (std::size_t k = 0; k < count; ++k) {
    const double scaled = vector[k] / largest;
    squares = lane<double>::fma(scaled, scaled, squares);
  }
  const double length = lane<double>::sqrt(squares);
  for (std::size_t k = 0; k < count; ++k) vector[k] = vector[k] / largest / length;
  return largest * length;
}

/// A line goes through the origin, as far as doubles can tell, if its distance from the origin is within this fraction
/// of the nearer point's own distance.
inline constexpr double least_relative_offset = 0x1p-48;

/// Returns the line through two points of R^count, as the recurrence sees it. Fills along with its direction, from the
/// second point to the first, and across with the direction of its foot from the origin, or with zeros where it meets
/// the origin (offset 0). Precondition: distinct points, with finite squares.
LOGMARGIN_HOST_DEVICE PointPair line_through(const double* positive, const double* negative, std::size_t count,
                                             double* along, double* across) {
  for (std::size_t k = 0; k < count; ++k) along[k] = positive[k] - negative[k];
  const double distance = normalise(along, count);
  const double square_positive = dot_product(positive, positive, count);
  const double square_negative = dot_product(negative, negative, count);
  const double square = smaller(square_positive, square_negative);
  const double* nearer = square_positive <= square_negative ? positive : negative;
  const double position = dot_product(nearer, along, count);
  for (std::size_t k = 0; k < count; ++k) across[k] = lane<double>::fma(-position, along[k], nearer[k]);
  double largest = 0.0;
  for (std::size_t k = 0; k < count; ++k) largest = larger(largest, absolute(across[k]));
  const bool apart = largest > least_relative_offset * lane<double>::sqrt(square);
  double offset = 0.0;
  if (apart) {
    offset = normalise(across, count);
    // Where most of the point cancelled, the right angle between the two directions was lost too.
    const double slant = dot_product(across, along, count);
    for (std::size_t k = 0; k < count; ++k) across[k] = lane<double>::fma(-slant, along[k], across[k]);
    normalise(across, count);
  } else {
    for (std::size_t k = 0; k < count; ++k) across[k] = 0.0;
  }
  return {dot_product(positive, along, count),
          dot_product(negative, along, count),
          offset,
          distance,
          square_positive,
          square_negative,
          dot_product(positive, negative, count)};
}

}  // namespace logmargin
