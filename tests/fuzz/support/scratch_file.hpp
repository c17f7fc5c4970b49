#pragma once

#include <fstream>
#include <string>
#include <string_view>

#include "tests/host/results/scratch_folder.hpp"

namespace logmargin::fuzz {

/// A file to be written again and again, gone at the end.
class ScratchFile {
 public:
  /// The name ends in this.
  explicit ScratchFile(const std::string& ending) : path_((folder_ / "input").string() + ending) {}

  const std::string& path() const { return path_; }
  void write(std::string_view bytes) const {
    std::ofstream(path_, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }

 private:
  testing::ScratchFolder folder_;
  std::string path_;
};

}  // namespace logmargin::fuzz
