#include "host/input/binary_rows.hpp"

#include <fmt/format.h>

#include <cstring>

#include "host/error.hpp"
#include "host/plan/number.hpp"

namespace logmargin {

namespace {

constexpr std::size_t numbers_at_once = 1U << 17U;

}  // namespace

void BinaryRows::read(std::uint64_t first, std::size_t count, double* values) const {
  const std::size_t numbers = count * width;
  const std::size_t size = in_floats ? sizeof(float) : sizeof(double);
  const std::byte* from = file->bytes().data() + offset + first * width * size;
  if (in_floats) {
    for (std::size_t i = 0; i < numbers; ++i) {
      float value = 0.0F;
      std::memcpy(&value, from + i * size, size);
      values[i] = static_cast<double>(value);
    }
  } else {
    std::memcpy(values, from, numbers * size);
  }
  file->used(numbers * size);
}

void RowSpool::add(std::span<const double> values) {
  buffer_.insert(buffer_.end(), values.begin(), values.end());
  numbers_ += values.size();
  if (buffer_.size() >= numbers_at_once) flush();
}

void RowSpool::flush() {
  const auto bytes = std::as_bytes(std::span<const double>(buffer_));
  if (file_.append(bytes) < bytes.size()) {
    throw FileError("a temporary file for the weights cannot be written; TMPDIR names a folder with more room");
  }
  buffer_.clear();
}

BinaryRows RowSpool::rows() {
  flush();
  return {std::make_unique<MappedFile>(file_.descriptor()), 0, false, numbers_ / width_, width_};
}

void refuse_weights(const std::string& file, std::string_view what_is_allowed) {
  reject("--theta", file, what_is_allowed);
}

std::size_t weights_width(std::int64_t dim) { return 2 * (static_cast<std::size_t>(dim) + 1); }

void require_weights_width(const std::string& file, std::uint64_t columns) {
  if (columns >= 4 && columns % 2 == 0 && columns <= weights_width(most_dimensions_of_given_weights)) return;
  refuse_weights(file,
                 fmt::format("its rows have {} numbers; 2 (D + 1) are allowed, w1 (D numbers), b1, w2, b2, with D "
                             "from 1 to {}",
                             columns, most_dimensions_of_given_weights));
}

std::string weights_column(std::int64_t dim, std::size_t column) {
  const auto half = static_cast<std::size_t>(dim) + 1;
  const char neuron = column < half ? '1' : '2';
  const std::size_t place = column % half;
  if (place + 1 == half) return fmt::format("b{}", neuron);
  return dim == 1 ? fmt::format("w{}", neuron) : fmt::format("w{}_{}", neuron, place + 1);
}

}  // namespace logmargin
