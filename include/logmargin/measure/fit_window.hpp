#pragma once

#include <algorithm>
#include <cmath>
#include <span>

#include "logmargin/measure/track.hpp"

namespace logmargin {

/// PolynomialRecurrence is the recurrence of the polynomials that are orthonormal over a window's points:
/// side[j + 1] p_(j+1) = (x - middle[j]) p_j - side[j] p_(j-1), x being the place.
struct PolynomialRecurrence {
  int count = 0;  ///< polynomials, of degree 0, 1, ...
  double middle[most_fit_nodes] = {};
  double side[most_fit_nodes] = {};
};

/// Finds the zeros of the polynomial of degree count, rising, by bisection, with Sturm's count of those below a place.
inline void find_nodes(const PolynomialRecurrence& recurrence, FitNodes& nodes) {
  const auto zeros_below = [&](double place) {
    int below = 0;
    double ratio = 1.0;
    for (int j = 0; j < recurrence.count; ++j) {
      ratio = recurrence.middle[j] - place - (j > 0 ? recurrence.side[j] * recurrence.side[j] / ratio : 0.0);
      if (ratio == 0.0) ratio = 1e-300;
      below += ratio < 0.0 ? 1 : 0;
    }
    return below;
  };
  for (int i = 0; i < recurrence.count; ++i) {
    double low = nodes.first - 1e-9;
    double high = nodes.last + 1e-9;
    for (int halving = 0; halving < 60; ++halving) {
      const double middle = 0.5 * (low + high);
      (zeros_below(middle) > i ? high : low) = middle;
    }
    nodes.place[i] = 0.5 * (low + high);
  }
}

/// Sets the values of a window's polynomials at its recorded t, and its nodes (G. H. Golub and J. H. Welsch,
/// Mathematics of Computation 23, 1969). Precondition: all else of the window and of its times is set.
inline void set_fit_nodes(std::span<RecordedTime> times, FitWindow& window) {
  window.nodes = {};
  if (window.count < 3) return;
  double scale = 0.0;
  FitNodes& nodes = window.nodes;
  for (const RecordedTime& time : times) {
    if (time.in_fit_window) scale = std::max(scale, std::abs(time.centred_ln_t));
  }
  const double of_degree_0 = 1.0 / std::sqrt(static_cast<double>(window.count));
  const double of_degree_1 = scale / std::sqrt(window.sum_of_squares_ln_t);
  const auto place_of = [&](const RecordedTime& time) { return time.centred_ln_t / scale; };
  const auto value = [&](const RecordedTime& time, int degree) {
    if (degree < 2) return degree == 0 ? of_degree_0 : of_degree_1 * place_of(time);
    return time.polynomial[degree - 2];
  };
  bool first = true;
  for (const RecordedTime& time : times) {
    if (!time.in_fit_window) continue;
    if (first) nodes.first = place_of(time);
    nodes.last = place_of(time);
    first = false;
  }
  PolynomialRecurrence recurrence;
  const int most = static_cast<int>(std::min<std::int64_t>(window.count, most_fit_nodes));
  for (int j = 0; j < most; ++j) {
    recurrence.count = j + 1;
    for (const RecordedTime& time : times) {
      if (time.in_fit_window) recurrence.middle[j] += place_of(time) * value(time, j) * value(time, j);
    }
    if (j + 1 == most) break;
    const auto next = [&](const RecordedTime& time) {
      const double ahead = (place_of(time) - recurrence.middle[j]) * value(time, j);
      return j == 0 ? ahead : ahead - recurrence.side[j] * value(time, j - 1);
    };
    double square = 0.0;
    for (const RecordedTime& time : times) {
      if (time.in_fit_window) square += next(time) * next(time);
    }
    // As many polynomials as there are points, or points that stand apart.
    if (!(square > 1e-20)) break;
    recurrence.side[j + 1] = std::sqrt(square);
    for (RecordedTime& time : times) {
      if (j > 0 && time.in_fit_window) time.polynomial[j - 1] = next(time) / recurrence.side[j + 1];
    }
  }
  nodes.count = recurrence.count;
  find_nodes(recurrence, nodes);
  for (int i = 0; i < nodes.count; ++i) {
    double* values = nodes.polynomial[i];
    values[0] = of_degree_0;
    double square = values[0] * values[0];
    double before = 0.0;
    for (int j = 1; j < nodes.count; ++j) {
      const double middle = recurrence.middle[j - 1];
      values[j] = ((nodes.place[i] - middle) * values[j - 1] - recurrence.side[j - 1] * before) / recurrence.side[j];
      before = values[j - 1];
      square += values[j] * values[j];
    }
    nodes.weight[i] = 1.0 / square;
  }
}

}  // namespace logmargin
