#pragma once

#include <Random123/philox.h>

#include <cstdint>

#include "logmargin/initial/initial_distributions.hpp"
#include "logmargin/numerics/normal_quantile.hpp"

namespace logmargin {

/// Returns 52 random bits as a double strictly between 0 and 1, symmetric about 1/2.
LOGMARGIN_HOST_DEVICE double open_unit(std::uint64_t random) {
  return (static_cast<double>(random >> 12) + 0.5) * 0x1p-52;
}

/// Returns one parameter of the law, from 64 random bits.
LOGMARGIN_HOST_DEVICE double draw(const InitialDistribution& law, std::uint64_t random) {
  const double u = open_unit(random);
  return law.scale * (law.family == InitialDistribution::Family::normal ? normal_quantile(u) : u + u - 1.0);
}

/// RandomPair holds the two 64-bit numbers of one Philox4x32-10 block.
struct RandomPair {
  std::uint64_t first;   ///< the lower half
  std::uint64_t second;  ///< the upper half
};

/// Returns block b of trial i under a seed. It is counter-based: the block does not depend on the caller or the order
/// of calls. Salmon et al., SC11.
LOGMARGIN_HOST_DEVICE RandomPair random_pair(std::uint64_t seed, std::uint64_t trial, std::uint32_t block) {
  const r123::Philox4x32::ctr_type counter = {
      {static_cast<std::uint32_t>(trial), static_cast<std::uint32_t>(trial >> 32), block, 0U}};
  const r123::Philox4x32::key_type key = {{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
  const r123::Philox4x32::ctr_type random = r123::Philox4x32()(counter, key);
  return {random.v[0] | static_cast<std::uint64_t>(random.v[1]) << 32,
          random.v[2] | static_cast<std::uint64_t>(random.v[3]) << 32};
}

/// Returns the weights of a trial before the first step. Block 0 draws the weights, block 1 the biases. The cell enters
/// through its laws alone, so that trial i starts from the same draws in every cell.
LOGMARGIN_HOST_DEVICE Weights initial_weights(const InitialDistributions& laws, std::uint64_t seed,
                                              std::uint64_t trial) {
  const RandomPair weights = random_pair(seed, trial, 0);
  Weights theta = {draw(laws.weight, weights.first), 0.0, draw(laws.weight, weights.second), 0.0};
  if (laws.bias.scale != 0.0) {
    const RandomPair biases = random_pair(seed, trial, 1);
    theta.b1 = draw(laws.bias, biases.first);
    theta.b2 = draw(laws.bias, biases.second);
  }
  return theta;
}

}  // namespace logmargin
