#include "host/results/folder/spool.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <span>
#include <vector>

#include "host/error.hpp"

namespace logmargin {

void Spool::write(std::string_view text) { bytes_.append(std::as_bytes(std::span<const char>(text))); }

void Spool::print() const {
  std::vector<std::byte> chunk(std::size_t{1} << 16);
  for (std::uint64_t at = 0; at < bytes_.size(); at += chunk.size()) {
    chunk.resize(static_cast<std::size_t>(std::min<std::uint64_t>(chunk.size(), bytes_.size() - at)));
    bytes_.read(at, chunk);
    if (std::fwrite(chunk.data(), 1, chunk.size(), stdout) == chunk.size()) continue;
    throw FileError(fmt::format("stdout cannot be written: {}", std::strerror(errno)));
  }
}

}  // namespace logmargin
