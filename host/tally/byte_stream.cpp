#include "host/tally/byte_stream.hpp"

#include <bit>

namespace logmargin {

void ByteWriter::fixed32(std::uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) bytes_ += static_cast<char>(value >> shift & 0xffU);
}

void ByteWriter::fixed64(std::uint64_t value) {
  for (int shift = 0; shift < 64; shift += 8) bytes_ += static_cast<char>(value >> shift & 0xffU);
}

void ByteWriter::number(std::uint64_t value) {
  while (value >= 0x80U) {
    bytes_ += static_cast<char>((value & 0x7fU) | 0x80U);
    value >>= 7;
  }
  bytes_ += static_cast<char>(value);
}

void ByteWriter::signed_number(std::int64_t value) {
  number(static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63));
}

void ByteWriter::real(double value) { fixed64(std::bit_cast<std::uint64_t>(value)); }

void ByteWriter::text(std::string_view text) {
  number(text.size());
  raw(text);
}

std::string_view ByteReader::raw(std::size_t size) {
  if (size > rest_.size()) throw MalformedBytes("it ends too early");
  const std::string_view taken(reinterpret_cast<const char*>(rest_.data()), size);
  rest_ = rest_.subspan(size);
  return taken;
}

std::uint32_t ByteReader::fixed32() {
  std::uint32_t value = 0;
  int shift = 0;
  for (const char byte : raw(4)) {
    value |= static_cast<std::uint32_t>(static_cast<unsigned char>(byte)) << shift;
    shift += 8;
  }
  return value;
}

std::uint64_t ByteReader::fixed64() {
  const std::uint64_t low = fixed32();
  return low | static_cast<std::uint64_t>(fixed32()) << 32;
}

std::uint64_t ByteReader::number() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const auto byte = static_cast<unsigned char>(raw(1)[0]);
    if (shift == 63 && byte > 1U) break;
    value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
    if (byte < 0x80U) return value;
  }
  throw MalformedBytes("a number exceeds 64 bits");
}

std::int64_t ByteReader::signed_number() {
  const std::uint64_t value = number();
  return static_cast<std::int64_t>(value >> 1 ^ (~(value & 1U) + 1U));
}

double ByteReader::real() { return std::bit_cast<double>(fixed64()); }

std::string_view ByteReader::text() {
  const std::uint64_t size = number();
  if (size > rest_.size()) throw MalformedBytes("a text is longer than the file");
  return raw(static_cast<std::size_t>(size));
}

}  // namespace logmargin
