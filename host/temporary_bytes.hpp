#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "host/unnamed_file.hpp"

namespace logmargin {

/// TemporaryBytes keeps bytes aside while the program runs. It keeps them in memory, and beyond a few megabytes in an
/// UnnamedFile. Where the file cannot be made or grows no more, the rest stays in memory.
class TemporaryBytes {
 public:
  static constexpr std::size_t most_in_memory = std::size_t{4} << 20;

  /// Adds bytes at the end, and returns the offset of the first.
  std::uint64_t append(std::span<const std::byte> bytes);
  /// Copies the bytes from an offset on. Throws FileError. Precondition: there are as many.
  void read(std::uint64_t offset, std::span<std::byte> bytes) const;
  std::uint64_t size() const { return in_file_ + in_memory_.size(); }

 private:
  void move_to_file();

  std::vector<std::byte> in_memory_;  ///< what comes after the file's bytes
  std::optional<UnnamedFile> file_;
  std::uint64_t in_file_ = 0;
  bool file_takes_more_ = true;
};

}  // namespace logmargin
