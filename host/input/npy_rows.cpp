#include "host/input/npy_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "host/plan/number.hpp"

namespace logmargin {

namespace {

constexpr std::string_view magic = "\x93NUMPY";

std::string_view text_of(const MappedFile& file) {
  return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
}

/// Returns the number that so many bytes hold, the lowest first.
std::size_t number_at(std::string_view bytes) {
  std::size_t number = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) number = number << 8U | static_cast<unsigned char>(bytes[i]);
  return number;
}

/// Returns what stands behind 'KEY': in the header, a Python dictionary, without leading spaces; empty without the key.
std::string_view value_of(std::string_view header, std::string_view key) {
  const std::size_t at = header.find(fmt::format("'{}'", key));
  if (at == std::string_view::npos) return {};
  const std::size_t colon = header.find(':', at);
  if (colon == std::string_view::npos) return {};
  header.remove_prefix(colon + 1);
  header.remove_prefix(std::min(header.find_first_not_of(' '), header.size()));
  return header;
}

/// Returns the numbers of "(a, b, ...)".
std::vector<std::uint64_t> shape_of(std::string_view text) {
  std::vector<std::uint64_t> shape;
  if (!text.starts_with('(')) return shape;
  for (const std::string& piece : split(text.substr(1, text.find(')') - 1), ',')) {
    std::string digits = piece;
    std::erase(digits, ' ');
    if (digits.empty()) continue;
    shape.push_back(parse_unsigned(digits).value_or(0));
  }
  return shape;
}

}  // namespace

bool is_npy(const MappedFile& file) { return text_of(file).starts_with(magic); }

BinaryRows npy_rows(const std::string& name, std::unique_ptr<MappedFile> file) {
  const std::string_view text = text_of(*file);
  const std::size_t version_at = magic.size();
  const std::size_t length_bytes = text.size() > version_at && text[version_at] == 1 ? 2 : 4;
  const std::size_t header_at = version_at + 2 + length_bytes;
  if (text.size() < header_at) refuse_weights(name, "it is cut short; a whole .npy file is allowed");
  const std::size_t header_size = number_at(text.substr(version_at + 2, length_bytes));
  if (text.size() - header_at < header_size) refuse_weights(name, "it is cut short; a whole .npy file is allowed");
  const std::string_view header = text.substr(header_at, header_size);

  const std::string_view type = value_of(header, "descr");
  const bool in_floats = type.starts_with("'<f4'");
  if (!in_floats && !type.starts_with("'<f8'")) {
    refuse_weights(name, fmt::format("its numbers are of type {}; float64 ('<f8') and float32 ('<f4') are allowed",
                                     type.substr(0, std::min(type.find(','), std::size_t{20}))));
  }
  if (!value_of(header, "fortran_order").starts_with("False")) {
    refuse_weights(name, "it is in Fortran's order; rows one after the other are allowed, see numpy.ascontiguousarray");
  }
  const std::vector<std::uint64_t> shape = shape_of(value_of(header, "shape"));
  if (shape.size() != 2) {
    refuse_weights(name,
                   fmt::format("its array has {} axes; two are allowed, networks x 2 (D + 1) numbers", shape.size()));
  }
  require_weights_width(name, shape[1]);
  const std::size_t data_at = header_at + header_size;
  const std::uint64_t row_bytes = shape[1] * (in_floats ? sizeof(float) : sizeof(double));
  const std::uint64_t whole_rows = (text.size() - data_at) / row_bytes;
  if (whole_rows < shape[0]) {
    refuse_weights(
        name, fmt::format("it is cut short after {} of {} rows; a whole .npy file is allowed", whole_rows, shape[0]));
  }
  return {std::move(file), data_at, in_floats, shape[0], static_cast<std::size_t>(shape[1])};
}

}  // namespace logmargin
