#pragma once

#include <array>
#include <functional>
#include <istream>
#include <streambuf>
#include <string_view>

namespace logmargin {

/// SummaryLines is a summary.json without the lines of recorded t that are not wanted. There may be millions of them,
/// and to parse them would take far longer than all the rest. It passes on unchanged what is not a line as SummaryJson
/// writes it.
class SummaryLines final : public std::streambuf {
 public:
  /// Wanted returns whether a recorded t is wanted. It is asked in the order of the file, when all that stands before
  /// the t has been read.
  using Wanted = std::function<bool(double t)>;

  /// Reads from the file. What is referred to must outlive the lines.
  SummaryLines(std::istream& file, Wanted wanted) : file_(file), wanted_(std::move(wanted)) {}

 private:
  int_type underflow() override;
  bool is_unwanted(std::string_view line) const;

  std::istream& file_;
  Wanted wanted_;
  std::array<char, 1 << 16> buffer_;
  bool at_line_start_ = true;
};

}  // namespace logmargin
