#include "host/temporary_bytes.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "host/error.hpp"

namespace logmargin {

std::uint64_t TemporaryBytes::append(std::span<const std::byte> bytes) {
  const std::uint64_t offset = size();
  in_memory_.insert(in_memory_.end(), bytes.begin(), bytes.end());
  if (in_memory_.size() >= most_in_memory && file_takes_more_) move_to_file();
  return offset;
}

void TemporaryBytes::move_to_file() {
  if (!file_) file_.emplace();
  const std::size_t taken = file_->append(in_memory_);
  in_file_ += taken;
  file_takes_more_ = taken == in_memory_.size();
  in_memory_.erase(in_memory_.begin(), in_memory_.begin() + static_cast<std::ptrdiff_t>(taken));
}

void TemporaryBytes::read(std::uint64_t offset, std::span<std::byte> bytes) const {
  while (!bytes.empty() && offset < in_file_) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), in_file_ - offset));
    const ssize_t count = ::pread(file_->descriptor(), bytes.data(), wanted, static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) throw FileError(fmt::format("a temporary file cannot be read: {}", std::strerror(errno)));
    offset += static_cast<std::uint64_t>(count);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  if (bytes.empty()) return;
  std::copy_n(in_memory_.begin() + static_cast<std::ptrdiff_t>(offset - in_file_), bytes.size(), bytes.begin());
}

}  // namespace logmargin
