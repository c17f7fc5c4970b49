#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/input/steady_file.hpp"
#include "host/plan/given_weights.hpp"
#include "host/unnamed_file.hpp"

namespace logmargin {

/// So many numbers are read or written at once, or one row where it has more.
inline constexpr std::size_t numbers_at_once = std::size_t{1} << 17U;

/// BinaryRows is a table of numbers in a file's bytes: little-endian doubles or floats, row after row.
struct BinaryRows {
  std::unique_ptr<SteadyFile> file;
  std::size_t offset;  ///< of the first row, in bytes
  bool in_floats;
  std::uint64_t rows;
  std::size_t width;  ///< numbers in a row

  /// Copies rows first ... first + count - 1. Precondition: there are so many. Throws FileError as SteadyFile does.
  void read(std::uint64_t first, std::size_t count, double* values) const;
};

/// RowSpool takes rows of doubles one after the other into an unnamed file. Throws FileError where the file cannot be
/// made or does not take them.
class RowSpool {
 public:
  explicit RowSpool(std::size_t width) : width_(width) {}

  void add(std::span<const double> values);
  /// Returns what has been added.
  BinaryRows rows();

 private:
  void flush();

  std::size_t width_;
  std::vector<double> buffer_;
  UnnamedFile file_;
  std::uint64_t numbers_ = 0;
};

/// Throws OptionError that says what is wrong with a file of weights, and where.
[[noreturn]] void refuse_weights(const std::string& file, std::string_view what_is_allowed);

/// Throws OptionError unless some dimension's weights have so many columns.
void require_weights_width(const std::string& file, std::uint64_t columns);

/// Returns the name of a column: "w1" or, in more than one dimension, "w1_1" to "w1_D", then "b1", and so on.
std::string weights_column(std::int64_t dim, std::size_t column);

}  // namespace logmargin
