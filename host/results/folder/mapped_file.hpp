#pragma once

#include <atomic>
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

  /// Takes note that so many bytes have been read that are not read again soon. Now and then it gives back the memory
  /// of what has been read, which otherwise grows to the file's size. It may be called by several threads at once.
  void used(std::size_t bytes) const;

 private:
  void* start_ = nullptr;
  std::size_t size_ = 0;
  mutable std::atomic<std::size_t> used_ = 0;
};

}  // namespace logmargin
