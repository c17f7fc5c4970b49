#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace logmargin {

/// Bytes that no writer of this program makes. The message says what is wrong with them.
struct MalformedBytes : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Collects bytes, the same on every machine: least significant first.
class ByteWriter {
 public:
  void fixed32(std::uint32_t value);
  void fixed64(std::uint64_t value);
  /// Seven bits a byte (LEB128): small numbers are short.
  void number(std::uint64_t value);
  /// The same for either sign: 0, -1, 1, -2, ... are 0, 1, 2, 3, ...
  void signed_number(std::int64_t value);
  void real(double value);
  void raw(std::string_view bytes) { bytes_ += bytes; }
  /// Its length, then itself.
  void text(std::string_view text);

  const std::string& bytes() const { return bytes_; }
  void clear() { bytes_.clear(); }

 private:
  std::string bytes_;
};

/// Takes the same from bytes that need not be trusted: every call throws MalformedBytes rather than read past the end.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::byte> bytes) : rest_(bytes) {}

  std::uint32_t fixed32();
  std::uint64_t fixed64();
  std::uint64_t number();
  std::int64_t signed_number();
  double real();
  std::string_view raw(std::size_t size);
  std::string_view text();

  std::size_t remaining() const { return rest_.size(); }

 private:
  std::span<const std::byte> rest_;
};

}  // namespace logmargin
