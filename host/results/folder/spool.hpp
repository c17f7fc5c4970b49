#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "host/results/folder/atomic_file.hpp"
#include "host/results/folder/unnamed_file.hpp"

namespace logmargin {

/// Spool keeps text aside until it is complete. It keeps it in memory, and beyond a few megabytes in an UnnamedFile.
/// Where the file cannot be made or grows no more, the rest stays in memory.
class Spool final : public TextSink {
 public:
  static constexpr std::size_t most_in_memory = 4U << 20U;

  void write(std::string_view text) override;
  /// Copies everything to stdout. Throws FileError.
  void print();

 private:
  void move_to_file();
  void print_file() const;

  std::string in_memory_;  ///< what comes after the file's text
  std::optional<UnnamedFile> file_;
  std::uint64_t in_file_ = 0;
  bool file_takes_more_ = true;
};

}  // namespace logmargin
