#include "host/input/weights_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "host/input/binary_rows.hpp"

namespace logmargin {

namespace {

/// Fnv1a is the checksum FNV-1a of 64 bits, over whole words (Fowler, Noll, Vo; RFC 9923).
struct Fnv1a {
  std::uint64_t sum = 0xcbf29ce484222325U;

  void add(double value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof(bits));
    sum = (sum ^ bits) * 0x100000001b3U;
    // Words differ in their high bits, which multiplication carries no further up.
    sum ^= sum >> 32U;
  }
};

}  // namespace

std::string checked_name(const std::string& name, const GivenWeights& weights) {
  const std::uint64_t rows = weights.rows();
  const std::size_t width = weights.width();
  if (rows == 0) refuse_weights(name, "it has no rows; at least one is allowed");
  Fnv1a checksum;
  const std::uint64_t rows_at_once = std::max<std::uint64_t>(numbers_at_once / width, 1);
  std::vector<double> values(std::min(rows_at_once, rows) * width);
  for (std::uint64_t first = 0; first < rows; first += rows_at_once) {
    const auto count = static_cast<std::size_t>(std::min(rows_at_once, rows - first));
    weights.read(first, count, values.data());
    for (std::size_t i = 0; i < count * width; ++i) {
      if (!std::isfinite(values[i])) {
        refuse_weights(name, fmt::format("row {}, counted from 0, column {}: {} is there; finite numbers are allowed",
                                         first + i / width, weights_column(weights.dim(), i % width), values[i]));
      }
      checksum.add(values[i]);
    }
  }
  return fmt::format("{}#{}-{:016x}", name, rows, checksum.sum);
}

}  // namespace logmargin
