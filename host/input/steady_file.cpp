#include "host/input/steady_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "host/error.hpp"

namespace logmargin {

namespace {

[[noreturn]] void fail(const std::string& name, std::string_view why) {
  throw FileError(fmt::format("--theta: '{}' cannot be read: {}", name, why));
}

}  // namespace

// Without O_NONBLOCK a named pipe would be waited for.
SteadyFile::SteadyFile(const std::string& path)
    : SteadyFile(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK), path) {}

SteadyFile::SteadyFile(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {
  if (descriptor_ < 0) fail(name_, std::strerror(errno));
  try {
    look(size_, changed_ns_);
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

SteadyFile::~SteadyFile() { ::close(descriptor_); }

void SteadyFile::look(std::uint64_t& size, std::int64_t& changed_ns) const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) fail(name_, std::strerror(errno));
  if (S_ISDIR(status.st_mode)) fail(name_, std::strerror(EISDIR));
  if (!S_ISREG(status.st_mode)) fail(name_, "it is not a regular file");
  size = static_cast<std::uint64_t>(status.st_size);
  changed_ns = status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec;
}

void SteadyFile::read(std::uint64_t from, std::span<std::byte> bytes) const {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t count =
        ::pread(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(from + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(name_, std::strerror(errno));
    if (count == 0) fail(name_, "it has become shorter");
    done += static_cast<std::size_t>(count);
  }
  std::uint64_t size = 0;
  std::int64_t changed_ns = 0;
  look(size, changed_ns);
  if (size != size_ || changed_ns != changed_ns_) fail(name_, "it has been written to since it was opened");
}

}  // namespace logmargin
