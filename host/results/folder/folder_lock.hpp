#pragma once

#include <filesystem>

namespace logmargin {

/// While it lives, no other lock of the folder can be taken, by any process of this machine; the kernel frees it
/// however the process ends. Where the file system knows no locks there is none.
class FolderLock {
 public:
  /// Throws FileError where another run has it.
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace logmargin
