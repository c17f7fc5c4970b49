#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace logmargin {

/// MalformedBytes is thrown for bytes that no writer of this program makes. The message says what is wrong with them.
struct MalformedBytes : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// ByteWriter collects bytes, the same on every machine: least significant first.
class ByteWriter {
 public:
  void fixed32(std::uint32_t value);
  void fixed64(std::uint64_t value);
  /// Writes seven bits a byte (LEB128), so that small numbers are short.
  void number(std::uint64_t value);
  /// Writes a number of either sign in the same way: 0, -1, 1, -2, ... are written as 0, 1, 2, 3, ...
  void signed_number(std::int64_t value);
  void real(double value);
  void raw(std::string_view bytes) { bytes_ += bytes; }
  /// Writes the text's length, then the text.
  void text(std::string_view text);

  const std::string& bytes() const { return bytes_; }
  void clear() { bytes_.clear(); }

 private:
  std::string bytes_;
};

/// ByteReader reads the same from bytes that need not be trusted. Every call throws MalformedBytes rather than read
/// past the end.
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
