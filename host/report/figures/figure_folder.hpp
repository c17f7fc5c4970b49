#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/report/figures/figure.hpp"

namespace logmargin {

/// FigureFolder is the folder figures/ while it is made. It has a temporary name, and publish moves its files to their
/// place.
class FigureFolder {
 public:
  /// Throws FileError where the temporary folder cannot be made.
  explicit FigureFolder(const std::filesystem::path& results);
  ~FigureFolder();
  FigureFolder(const FigureFolder&) = delete;
  FigureFolder& operator=(const FigureFolder&) = delete;

  /// Writes a file of the folder. Throws FileError.
  void write(const std::string& name, const std::string& text) const;
  /// Returns the text of a file there, or an empty one where the file is absent.
  std::string read(const std::string& name) const;
  void remove(const std::string& name) const;
  const std::filesystem::path& path() const { return temporary_; }
  /// Moves every file to figures/, in the place of what an earlier report left there. Throws FileError.
  void publish() const;

 private:
  std::filesystem::path final_, temporary_;
};

}  // namespace logmargin
