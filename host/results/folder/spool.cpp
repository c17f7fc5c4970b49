#include "host/results/folder/spool.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <span>
#include <vector>

#include "host/error.hpp"

namespace logmargin {

namespace {

void print_text(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size()) return;
  throw FileError(fmt::format("stdout cannot be written: {}", std::strerror(errno)));
}

}  // namespace

void Spool::write(std::string_view text) {
  in_memory_ += text;
  if (in_memory_.size() >= most_in_memory && file_takes_more_) move_to_file();
}

void Spool::move_to_file() {
  if (!file_) file_.emplace();
  const std::size_t taken = file_->append(std::as_bytes(std::span<const char>(in_memory_)));
  in_file_ += taken;
  file_takes_more_ = taken == in_memory_.size();
  in_memory_.erase(0, taken);
}

void Spool::print_file() const {
  std::vector<char> chunk(1U << 16U);
  for (std::uint64_t at = 0; at < in_file_;) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(chunk.size(), in_file_ - at));
    const ssize_t count = ::pread(file_->descriptor(), chunk.data(), wanted, static_cast<off_t>(at));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) throw FileError(fmt::format("a temporary file cannot be read: {}", std::strerror(errno)));
    print_text({chunk.data(), static_cast<std::size_t>(count)});
    at += static_cast<std::uint64_t>(count);
  }
}

void Spool::print() {
  print_file();
  print_text(in_memory_);
}

}  // namespace logmargin
