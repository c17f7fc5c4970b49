#include "host/input/npy_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "host/plan/number.hpp"

namespace logmargin {

namespace {

/// No header of an array of numbers is longer.
constexpr std::size_t longest_header = 65536;

std::string beginning_of(const SteadyFile& file) {
  std::string text(static_cast<std::size_t>(std::min<std::uint64_t>(file.size(), longest_header)), '\0');
  file.read(0, std::as_writable_bytes(std::span(text)));
  return text;
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

BinaryRows npy_rows(const std::string& name, std::unique_ptr<SteadyFile> file) {
  const std::string text = beginning_of(*file);
  const std::size_t version_at = npy_magic.size();
  const std::size_t length_bytes = text.size() > version_at && text[version_at] == 1 ? 2 : 4;
  const std::size_t header_at = version_at + 2 + length_bytes;
  constexpr std::string_view cut_short = "it is cut short; a whole .npy file is allowed";
  if (text.size() < header_at) refuse_weights(name, cut_short);
  const std::size_t header_size = number_at(std::string_view(text).substr(version_at + 2, length_bytes));
  if (text.size() - header_at < header_size) refuse_weights(name, cut_short);
  const std::string_view header = std::string_view(text).substr(header_at, header_size);

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
    refuse_weights(name, fmt::format("its array has {} ax{}s; two are allowed, networks x 2 (D + 1) numbers",
                                     shape.size(), shape.size() == 1 ? "i" : "e"));
  }
  require_weights_width(name, shape[1]);
  const std::size_t data_at = header_at + header_size;
  const std::uint64_t row_bytes = shape[1] * (in_floats ? sizeof(float) : sizeof(double));
  const std::uint64_t bytes = file->size() - data_at;
  if (bytes / row_bytes < shape[0]) {
    refuse_weights(name, fmt::format("it is cut short after {} of {} rows; a whole .npy file is allowed",
                                     bytes / row_bytes, shape[0]));
  }
  if (bytes > shape[0] * row_bytes) {
    refuse_weights(name, fmt::format("{} bytes follow its array of {} rows; one array alone is allowed",
                                     bytes - shape[0] * row_bytes, shape[0]));
  }
  return {std::move(file), data_at, in_floats, shape[0], static_cast<std::size_t>(shape[1])};
}

}  // namespace logmargin
