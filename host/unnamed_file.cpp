#include "host/unnamed_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace logmargin {

UnnamedFile::UnnamedFile() {
  const char* folder = std::getenv("TMPDIR");
  std::string name = fmt::format("{}/logmargin-XXXXXX", folder == nullptr || *folder == '\0' ? "/tmp" : folder);
  descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor_ >= 0) ::unlink(name.c_str());
}

UnnamedFile::~UnnamedFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::size_t UnnamedFile::append(std::span<const std::byte> bytes) {
  std::size_t taken = 0;
  while (descriptor_ >= 0 && taken < bytes.size()) {
    const ssize_t written =
        ::pwrite(descriptor_, bytes.data() + taken, bytes.size() - taken, static_cast<off_t>(size_));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    taken += static_cast<std::size_t>(written);
    size_ += static_cast<std::size_t>(written);
  }
  return taken;
}

}  // namespace logmargin
