#pragma once

#include <zlib.h>

#include <cstdint>
#include <string_view>

namespace logmargin {

/// Returns the CRC-32 of bytes that follow those of the checksum; it is 0 where there are none.
inline std::uint32_t continue_checksum(std::uint32_t checksum, std::string_view bytes) {
  return static_cast<std::uint32_t>(::crc32_z(checksum, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace logmargin
