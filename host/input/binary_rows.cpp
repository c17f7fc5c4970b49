#include "host/input/binary_rows.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "host/error.hpp"
#include "host/plan/number.hpp"

namespace logmargin {

void BinaryRows::read(std::uint64_t first, std::size_t count, double* values) const {
  const std::size_t numbers = count * width;
  if (!in_floats) {
    file->read(offset + first * width * sizeof(double), std::as_writable_bytes(std::span(values, numbers)));
    return;
  }
  std::vector<float> floats(numbers);
  file->read(offset + first * width * sizeof(float), std::as_writable_bytes(std::span(floats)));
  std::copy(floats.begin(), floats.end(), values);
}

void RowSpool::add(std::span<const double> values) {
  buffer_.insert(buffer_.end(), values.begin(), values.end());
  numbers_ += values.size();
  if (buffer_.size() >= numbers_at_once) flush();
}

void RowSpool::flush() {
  const auto bytes = std::as_bytes(std::span<const double>(buffer_));
  errno = 0;
  if (file_.append(bytes) < bytes.size()) {
    throw FileError(
        fmt::format("--theta: a temporary file of 8 bytes a number cannot be written into TMPDIR or /tmp{}{}",
                    errno == 0 ? "" : ": ", errno == 0 ? "" : std::strerror(errno)));
  }
  buffer_.clear();
}

BinaryRows RowSpool::rows() {
  flush();
  return {std::make_unique<SteadyFile>(::dup(file_.descriptor()), "the temporary file"), 0, false, numbers_ / width_,
          width_};
}

void refuse_weights(const std::string& file, std::string_view what_is_allowed) {
  reject("--theta", file, what_is_allowed);
}

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
