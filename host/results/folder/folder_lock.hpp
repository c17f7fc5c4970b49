#pragma once

#include <filesystem>

namespace logmargin {

/// FolderLock keeps a folder for one run. While it lives, no other lock of the folder can be taken by any process of
/// this machine. The kernel frees it however the process ends. Where the file system knows no locks there is none.
class FolderLock {
 public:
  /// Takes the lock. Throws FileError where another run has it.
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace logmargin
