#include "host/results/folder/spool.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <vector>

#include "host/error.hpp"

namespace logmargin {

namespace {

/// Returns a file that has no name; the result is negative where none can be made.
int open_unnamed_file() {
  const char* folder = std::getenv("TMPDIR");
  std::string name = fmt::format("{}/logmargin-XXXXXX", folder == nullptr || *folder == '\0' ? "/tmp" : folder);
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor >= 0) ::unlink(name.c_str());
  return descriptor;
}

void print_text(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size()) return;
  throw FileError(fmt::format("stdout cannot be written: {}", std::strerror(errno)));
}

}  // namespace

Spool::~Spool() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Spool::write(std::string_view text) {
  in_memory_ += text;
  if (in_memory_.size() >= most_in_memory && file_takes_more_) move_to_file();
}

void Spool::move_to_file() {
  if (descriptor_ < 0) descriptor_ = open_unnamed_file();
  std::string_view rest = in_memory_;
  while (descriptor_ >= 0 && !rest.empty()) {
    const ssize_t written = ::pwrite(descriptor_, rest.data(), rest.size(), static_cast<off_t>(in_file_));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    in_file_ += static_cast<std::uint64_t>(written);
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  file_takes_more_ = rest.empty();
  in_memory_.erase(0, in_memory_.size() - rest.size());
}

void Spool::print_file() const {
  std::vector<char> chunk(1U << 16U);
  for (std::uint64_t at = 0; at < in_file_;) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(chunk.size(), in_file_ - at));
    const ssize_t count = ::pread(descriptor_, chunk.data(), wanted, static_cast<off_t>(at));
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
