#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "host/results/folder/atomic_file.hpp"

namespace logmargin {

/// OutputFolder is the folder of a run's results. Its files appear together when the run is complete. Until then, and
/// after a failure, the folder is as it was (or absent, where it was made for this run).
class OutputFolder {
 public:
  /// Throws UsageError where something else is in the way (a file, or a folder that is not empty, without force) and
  /// FileError where the folder cannot be made.
  OutputFolder(std::filesystem::path path, bool force);
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  /// Returns where the folder is, once ".." and the like are resolved.
  const std::filesystem::path& path() const { return path_; }
  /// Adds a file to the folder, which is to be written by the time of publish. Throws FileError.
  AtomicFile& add_file(const std::string& name);
  const std::string& name() const { return name_; }  ///< as the user wrote it
  /// Names a file that an earlier run may have left and this one does not write. It is removed when this run's files
  /// are published.
  void replace(const std::string& name) { replaced_.push_back(name); }
  /// Flushes every file to disk, removes what an earlier run left under their names, and then gives them these names.
  /// At no moment do files of two runs stand side by side. Throws FileError.
  void publish();

 private:
  std::string name_;
  std::filesystem::path path_;
  std::vector<std::filesystem::path> made_;  ///< folders made for this run, innermost first
  std::vector<std::unique_ptr<AtomicFile>> files_;
  std::vector<std::string> names_;
  std::vector<std::string> replaced_;
};

}  // namespace logmargin
