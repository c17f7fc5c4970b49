#pragma once

#include <cstdint>
#include <string>

#include "host/tally/byte_stream.hpp"

namespace logmargin {

/// RankOrder is what rank 0 asks of all: trials first_trial ... first_trial + trials - 1 of one of the plan's cells.
/// Each rank trains its part of them.
struct RankOrder {
  std::uint64_t cell;
  std::uint64_t first_trial;
  std::uint64_t trials;
};

inline std::string order_bytes(const RankOrder& order) {
  ByteWriter bytes;
  for (const std::uint64_t number : {order.cell, order.first_trial, order.trials}) bytes.number(number);
  return bytes.bytes();
}

/// Reads an order from its bytes. Throws MalformedBytes.
inline RankOrder read_order(const std::string& bytes) {
  ByteReader reader(std::as_bytes(std::span(bytes)));
  const std::uint64_t cell = reader.number();
  const std::uint64_t first_trial = reader.number();
  return {cell, first_trial, reader.number()};
}

}  // namespace logmargin
