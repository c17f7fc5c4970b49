#include "host/results/folder/atomic_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "host/error.hpp"

namespace logmargin {

namespace {

constexpr std::size_t buffer_size = 1 << 16;

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path path) : path_(std::move(path)) {
  // A killed run, or one on another machine, may hold the name of this process number.
  constexpr int most_attempts = 1000;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    temporary_ = path_.parent_path() / fmt::format(".{}.{}.{}.partial", path_.filename().string(), ::getpid(), attempt);
    // The umask applies; O_EXCL and O_NOFOLLOW keep a planted link from being written through.
    descriptor_ = ::open(temporary_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (descriptor_ >= 0) return;
    if (errno != EEXIST) break;
  }
  fail();
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!published_) ::unlink(temporary_.c_str());
}

void AtomicFile::fail() const {
  throw FileError(fmt::format("'{}' cannot be written: {}", path_.string(), std::strerror(errno)));
}

void AtomicFile::write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= buffer_size) flush_buffer();
}

void AtomicFile::flush_buffer() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      fail();
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

void AtomicFile::write_at(std::uint64_t offset, std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0) {
      if (errno == EINTR) continue;
      fail();
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
}

void AtomicFile::read_at(std::uint64_t offset, std::span<char> bytes) const {
  while (!bytes.empty()) {
    const ssize_t read = ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (read < 0) {
      if (errno == EINTR) continue;
      fail();
    }
    if (read == 0) {
      std::fill(bytes.begin(), bytes.end(), '\0');
      return;
    }
    bytes = bytes.subspan(static_cast<std::size_t>(read));
    offset += static_cast<std::uint64_t>(read);
  }
}

void AtomicFile::resize(std::uint64_t size) {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) fail();
}

void AtomicFile::sync() {
  flush_buffer();
  if (::fsync(descriptor_) != 0) fail();
  const int descriptor = descriptor_;
  descriptor_ = -1;
  if (::close(descriptor) != 0) fail();
}

void AtomicFile::require_free_name() const {
  std::error_code ignored;
  if (std::filesystem::is_directory(std::filesystem::symlink_status(path_, ignored))) {
    errno = EISDIR;
    fail();
  }
}

void AtomicFile::commit() {
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail();
  published_ = true;
}

std::optional<std::string> name_of_stale_file(std::string_view temporary_name) {
  constexpr std::string_view ending = ".partial";
  if (!temporary_name.starts_with('.')) return std::nullopt;
  temporary_name.remove_prefix(1);
  if (!temporary_name.ends_with(ending)) return std::nullopt;
  temporary_name.remove_suffix(ending.size());
  for (int number = 0; number < 2; ++number) {
    const std::size_t dot = temporary_name.rfind('.');
    if (dot == std::string_view::npos || dot + 1 == temporary_name.size() ||
        temporary_name.find_first_not_of("0123456789", dot + 1) != std::string_view::npos) {
      return std::nullopt;
    }
    temporary_name = temporary_name.substr(0, dot);
  }
  return std::string(temporary_name);
}

void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  // Some file systems cannot sync a folder, and say so with EINVAL.
  const bool settled = descriptor >= 0 && (::fsync(descriptor) == 0 || errno == EINVAL);
  const int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!settled) throw FileError(fmt::format("'{}' cannot be written: {}", folder.string(), std::strerror(error)));
}

}  // namespace logmargin
