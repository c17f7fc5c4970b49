#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace logmargin {

/// Weights are given in at most so many dimensions.
inline constexpr std::int64_t most_dimensions_of_given_weights = 10000;

/// Returns how many numbers a network in R^dim has: w1 (dim numbers), b1, w2 (dim numbers), b2.
constexpr std::size_t weights_width(std::int64_t dim) { return 2 * (static_cast<std::size_t>(dim) + 1); }

/// GivenWeights holds initial weights that a user gives, in place of drawn ones. Row i is trial i: w1 (D numbers), b1,
/// w2 (D numbers), b2, all finite.
class GivenWeights {
 public:
  GivenWeights() = default;
  GivenWeights(const GivenWeights&) = delete;
  GivenWeights& operator=(const GivenWeights&) = delete;
  virtual ~GivenWeights() = default;

  virtual std::uint64_t rows() const = 0;
  virtual std::int64_t dim() const = 0;  ///< D >= 1
  /// Returns a name from which the same weights are known again: "FILE#ROWS-CHECKSUM".
  virtual std::string name() const = 0;
  /// Copies rows first ... first + count - 1, one after the other. It may be called by several threads at once.
  virtual void read(std::uint64_t first, std::size_t count, double* values) const = 0;

  std::size_t width() const { return weights_width(dim()); }
};

/// This is the name of the initialisation, and of the biases' law, of networks whose weights are given.
inline constexpr const char* given_weights_word = "given";

}  // namespace logmargin
