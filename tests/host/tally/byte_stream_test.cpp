#include "host/tally/byte_stream.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace logmargin::byte_stream_test {
namespace {

std::span<const std::byte> span_of(const std::string& bytes) { return std::as_bytes(std::span(bytes)); }

const std::vector<std::uint64_t> numbers = {
    0, 1, 127, 128, 16383, 16384, std::uint64_t{1} << 63, std::numeric_limits<std::uint64_t>::max()};
const std::vector<std::int64_t> signed_numbers = {
    0, 1, -1, 63, -64, 64, -65, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()};

TEST(ByteStream, BringsBackWhatWasWritten) {
  ByteWriter writer;
  writer.fixed32(0xdeadbeefU);
  writer.fixed64(0x0123456789abcdefU);
  for (const auto number : numbers) writer.number(number);
  for (const auto number : signed_numbers) writer.signed_number(number);
  writer.real(-0.1);
  writer.text("a text");
  ByteReader reader(span_of(writer.bytes()));
  EXPECT_EQ(reader.fixed32(), 0xdeadbeefU);
  EXPECT_EQ(reader.fixed64(), 0x0123456789abcdefU);
  for (const auto number : numbers) EXPECT_EQ(reader.number(), number);
  for (const auto number : signed_numbers) EXPECT_EQ(reader.signed_number(), number);
  EXPECT_EQ(reader.real(), -0.1);
  EXPECT_EQ(reader.text(), "a text");
  EXPECT_EQ(reader.remaining(), 0U);
}

TEST(ByteStream, HasOneOrderOfBytes) {
  ByteWriter writer;
  writer.fixed32(0x01020304U);
  writer.number(300);
  writer.signed_number(-2);
  EXPECT_EQ(writer.bytes(), std::string("\x04\x03\x02\x01\xac\x02\x03"));
}

TEST(ByteStream, NeverReadsPastTheEnd) {
  ByteWriter writer;
  writer.fixed64(1);
  for (std::size_t size = 0; size < 8; ++size) {
    const std::string bytes = writer.bytes().substr(0, size);
    EXPECT_THROW(ByteReader(span_of(bytes)).fixed64(), MalformedBytes);
    EXPECT_THROW(ByteReader(span_of(bytes)).real(), MalformedBytes);
  }
  EXPECT_THROW(ByteReader(span_of("\x80\x80")).number(), MalformedBytes);
  EXPECT_THROW(ByteReader({}).number(), MalformedBytes);
  EXPECT_THROW(ByteReader(span_of("\x05"
                                  "abc"))
                   .text(),
               MalformedBytes);
}

TEST(ByteStream, RefusesNumbersBeyond64Bits) {
  const std::string nine(9, '\xff');
  EXPECT_EQ(ByteReader(span_of(nine + "\x01")).number(), std::numeric_limits<std::uint64_t>::max());
  EXPECT_THROW(ByteReader(span_of(nine + "\x02")).number(), MalformedBytes);
  EXPECT_THROW(ByteReader(span_of(nine + "\x81\x01")).number(), MalformedBytes);
  ByteWriter writer;
  writer.number(std::numeric_limits<std::uint64_t>::max());
  EXPECT_THROW(ByteReader(span_of(writer.bytes() + "x")).text(), MalformedBytes) << "a length beyond any memory";
}

}  // namespace
}  // namespace logmargin::byte_stream_test
