#pragma once

#include <cstddef>
#include <span>

namespace logmargin {

/// UnnamedFile is a temporary file that has no name, in TMPDIR, or in /tmp where that is not set. It is gone when the
/// program ends, however it ends.
class UnnamedFile {
 public:
  /// Makes the file, or none where none can be made.
  UnnamedFile();
  ~UnnamedFile();
  UnnamedFile(const UnnamedFile&) = delete;
  UnnamedFile& operator=(const UnnamedFile&) = delete;

  int descriptor() const { return descriptor_; }
  /// Adds bytes at the end, and returns how many the file took: fewer where the disk is full, none without a file.
  std::size_t append(std::span<const std::byte> bytes);

 private:
  int descriptor_;
  std::size_t size_ = 0;
};

}  // namespace logmargin
