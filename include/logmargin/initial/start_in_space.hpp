#pragma once

#include "logmargin/initial/chi_squared.hpp"
#include "logmargin/initial/initialise.hpp"

namespace logmargin {

/// TriangularFactor is the lower triangle of the QR factorisation of an N x 2 matrix, made of a row (part of w_1, part
/// of w_2) at a time by Givens' rotations. Its rows are OrthogonalComponent's two coordinates.
struct TriangularFactor {
  double of_11 = 0.0, of_21 = 0.0, of_22 = 0.0;

  LOGMARGIN_HOST_DEVICE void add_row(double first, double second) {
    using L = lane<double>;
    const double length = L::sqrt(L::fma(of_11, of_11, first * first));
    const double cosine = length > 0.0 ? of_11 / length : 1.0;
    const double sine = length > 0.0 ? first / length : 0.0;
    const double left = L::fma(-sine, of_21, cosine * second);
    of_21 = L::fma(cosine, of_21, sine * second);
    of_11 = length;
    of_22 = L::sqrt(L::fma(of_22, of_22, left * left));
  }
};

/// At most this many coordinates are drawn one by one, beside those that the points' directions have.
inline constexpr std::int64_t most_coordinates_drawn = 1024;

/// Returns the factor of draws from a standard normal law in count dimensions, in distribution, at a cost that does not
/// depend on count: Bartlett's decomposition of the Wishart law (M. S. Bartlett, 1933). It takes blocks from 3 on.
LOGMARGIN_HOST_DEVICE TriangularFactor normal_rest(std::uint64_t seed, std::uint64_t trial, std::int64_t count) {
  if (count == 0) return {};
  const RandomPair random = random_pair(seed, trial, 3);
  TriangularFactor factor;
  factor.of_21 = normal_quantile(open_unit(random.first));
  if (count == 1) {
    factor.of_11 = absolute(normal_quantile(open_unit(random.second)));
    return factor;
  }
  const auto length = [&](double degrees, std::uint32_t first_block) LOGMARGIN_INLINED {
    return lane<double>::sqrt(chi_squared(degrees, [&](std::uint32_t attempt) LOGMARGIN_INLINED {
      return random_pair(seed, trial, first_block + 2 * attempt);
    }));
  };
  const auto degrees = static_cast<double>(count);
  factor.of_11 = length(degrees, 4);
  // With one degree left it is a normal number's size.
  factor.of_22 = count == 2 ? absolute(normal_quantile(open_unit(random.second))) : length(degrees - 1.0, 5);
  return factor;
}

/// Returns the factor of draws from a law uniform on (-1, 1) in count dimensions, more than most_coordinates_drawn.
/// Each squared length is a sum of count squares, and is drawn by its limit law with the two next terms of Cornish and
/// Fisher's expansion (1938). The product of both vectors is a sum of count terms given the first vector, and is drawn
/// likewise. That is within 1e-5 of each distribution function; what is left out is that the second length and the
/// product's square are correlated, by less than 0.02. It takes two blocks from first_block on.
LOGMARGIN_HOST_DEVICE TriangularFactor uniform_rest(std::uint64_t seed, std::uint64_t trial, std::uint32_t first_block,
                                                    std::int64_t count) {
  constexpr double mean = 1.0 / 3.0;                    // of a square, and its cumulants relative to the deviation
  constexpr double deviation = 0.29814239699997195952;  // sqrt(4/45)
  constexpr double third = 0.63887656499994;            // (16/945)/(4/45)^1.5
  constexpr double fourth = -0.85714285714285714286;    // -6/7
  const auto terms = static_cast<double>(count);
  const double root = lane<double>::sqrt(terms);
  const auto square = [&](double z) LOGMARGIN_INLINED {
    const double skew = third / root;
    const double shift = (z * z - 1.0) * skew / 6.0 + (z * z * z - 3.0 * z) * (fourth / terms) / 24.0 -
                         (2.0 * z * z * z - 5.0 * z) * (skew * skew) / 36.0;
    return terms * mean + deviation * root * (z + shift);
  };
  const RandomPair lengths = random_pair(seed, trial, first_block);
  const RandomPair product = random_pair(seed, trial, first_block + 1);
  TriangularFactor factor;
  factor.of_11 = lane<double>::sqrt(square(normal_quantile(open_unit(lengths.first))));
  const double z = normal_quantile(open_unit(product.first));
  // The excess kurtosis of sum a_k u_k for a unit vector a of such a law is -(6/5)(9/5)/count.
  factor.of_21 = lane<double>::sqrt(mean) * (z - (z * z * z - 3.0 * z) * (2.16 / terms) / 24.0);
  const double left =
      lane<double>::fma(-factor.of_21, factor.of_21, square(normal_quantile(open_unit(lengths.second))));
  factor.of_22 = lane<double>::sqrt(larger(left, 0.0));
  return factor;
}

/// DrawnRow is a row of w_1 and w_2 before they are scaled.
struct DrawnRow {
  double first, second;
};

/// Returns coordinate k of both weights. Coordinate 0 is from block 0 as on the line, then each is from a block of its
/// own, from 2 on.
LOGMARGIN_HOST_DEVICE DrawnRow drawn_row(const InitialDistribution& law, std::uint64_t seed, std::uint64_t trial,
                                         std::int64_t k) {
  const RandomPair random = random_pair(seed, trial, k == 0 ? 0U : static_cast<std::uint32_t>(k + 1));
  const InitialDistribution unit = {law.family, 1.0};
  return {draw(unit, random.first), draw(unit, random.second)};
}

/// SplitWeights holds both weights in the directions of OrthogonalComponent. split_weights makes it of vectors whose
/// coordinates row(k) gives, 0 <= k < rows; row is called twice for each k below axes.coordinates.
struct SplitWeights {
  DrawnRow along, across;
  TriangularFactor rest;
};

template <class Row>
LOGMARGIN_HOST_DEVICE SplitWeights split_weights(const SpaceAxes& axes, std::int64_t rows, const Row& row) {
  using L = lane<double>;
  SplitWeights split = {{0.0, 0.0}, {0.0, 0.0}, {}};
  for (std::int64_t k = 0; k < axes.coordinates; ++k) {
    const DrawnRow w = row(k);
    split.along = {L::fma(axes.along[k], w.first, split.along.first),
                   L::fma(axes.along[k], w.second, split.along.second)};
    split.across = {L::fma(axes.across[k], w.first, split.across.first),
                    L::fma(axes.across[k], w.second, split.across.second)};
  }
  const auto left = [&](std::int64_t k, double of_w, double along, double across) LOGMARGIN_INLINED {
    return L::fma(-across, axes.across[k], L::fma(-along, axes.along[k], of_w));
  };
  for (std::int64_t k = 0; k < rows; ++k) {
    const DrawnRow w = row(k);
    if (k < axes.coordinates) {
      split.rest.add_row(left(k, w.first, split.along.first, split.across.first),
                         left(k, w.second, split.along.second, split.across.second));
    } else {
      split.rest.add_row(w.first, w.second);
    }
  }
  return split;
}

/// Returns what training sees of whole weights, each times scale, and biases.
LOGMARGIN_HOST_DEVICE SpatialStart start_of_split(const Problem& problem, const SplitWeights& split, double scale,
                                                  double b1, double b2) {
  using L = lane<double>;
  const double q = problem.offset;
  const double across_1 = scale * split.across.first;
  const double across_2 = scale * split.across.second;
  SpatialStart start = {{scale * split.along.first, b1, scale * split.along.second, b2},
                        {0.0, 0.0, scale * split.rest.of_11, scale * split.rest.of_21, scale * split.rest.of_22}};
  if (q > 0.0) {
    start.on_line.b1 = L::fma(q, across_1, b1);
    start.on_line.b2 = L::fma(q, across_2, b2);
    start.orthogonal.phi_1 = L::fma(-q, b1, across_1);
    start.orthogonal.phi_2 = L::fma(-q, b2, across_2);
  }
  return start;
}

/// Returns what training sees of given weights in R^dim: w1 (dim numbers), b1, w2 (dim numbers), b2.
LOGMARGIN_HOST_DEVICE SpatialStart start_of_weights(const Problem& problem, const SpaceAxes& axes, std::int64_t dim,
                                                    const double* values) {
  const double* second = values + dim + 1;
  if (dim == 1) return {{values[0], values[1], second[0], second[1]}, {}};
  const SplitWeights split = split_weights(axes, dim, [&](std::int64_t k) LOGMARGIN_INLINED {
    return DrawnRow{values[k], second[k]};
  });
  return start_of_split(problem, split, 1.0, values[dim], second[dim]);
}

/// Returns trial i of the laws in R^dim. As on the line, block 0 draws weights (a normal law's along e, which turning
/// does not change; a uniform one's first coordinate) and block 1 the biases; the others draw the rest.
LOGMARGIN_HOST_DEVICE SpatialStart initial_start(const Problem& problem, const InitialDistributions& laws,
                                                 const SpaceAxes& axes, std::uint64_t seed, std::uint64_t trial) {
  const Weights with_biases = initial_weights(laws, seed, trial);
  SplitWeights split = {{0.0, 0.0}, {0.0, 0.0}, {}};
  if (laws.weight.family == InitialDistribution::Family::normal) {
    split.along = drawn_row(laws.weight, seed, trial, 0);
    std::int64_t others = axes.dim - 1;
    if (problem.offset > 0.0) {
      split.across = drawn_row(laws.weight, seed, trial, 1);
      --others;
    }
    split.rest = normal_rest(seed, trial, others);
  } else {
    const std::int64_t others = axes.dim - axes.coordinates;
    const bool all_drawn = others <= most_coordinates_drawn;
    split = split_weights(axes, all_drawn ? axes.dim : axes.coordinates,
                          [&](std::int64_t k) LOGMARGIN_INLINED { return drawn_row(laws.weight, seed, trial, k); });
    if (!all_drawn) {
      const TriangularFactor rest = uniform_rest(seed, trial, static_cast<std::uint32_t>(axes.coordinates + 1), others);
      split.rest.add_row(rest.of_11, rest.of_21);
      split.rest.add_row(0.0, rest.of_22);
    }
  }
  return start_of_split(problem, split, laws.weight.scale, with_biases.b1, with_biases.b2);
}

}  // namespace logmargin
