#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace logmargin {

/// MappedFile holds a file's bytes, which are read as they are used: a file of any size costs no memory.
class MappedFile {
 public:
  /// Throws FileError where there is no such file or it cannot be read.
  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::span<const std::byte> bytes() const { return {static_cast<const std::byte*>(start_), size_}; }

 private:
  void* start_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace logmargin
