#include "tests/fuzz/support/tally_bytes_repair.hpp"

#include <zlib.h>

#include <algorithm>

#include "host/results/files/results_config.hpp"
#include "host/results/files/tally_file.hpp"
#include "host/results/reading/shallow_json.hpp"
#include "host/tally/byte_stream.hpp"

namespace logmargin::fuzz {

namespace {

using Json = nlohmann::ordered_json;

std::uint32_t checksum_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

/// Behind the object or text that begins here; the end where it does not end.
std::size_t end_of_json(std::string_view bytes, std::size_t begin) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t at = begin; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (c == '\\' && quoted) ++at;
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '{') ++depth;
    if (c == '}' && --depth == 0) return at + 1;
  }
  return bytes.size();
}

std::uint32_t config_checksum_of(const std::string& head) {
  try {
    return checksum_of(results_config(Json::parse(head, shallow()).at("config")));
  } catch (const Json::exception&) {
    return 0;
  } catch (const UnexpectedJson&) {
    return 0;
  }
}

}  // namespace

TallyParts parts_of(std::string_view bytes) {
  const std::size_t begin = std::min(bytes.find('{', std::min(tally_magic.size(), bytes.size())), bytes.size());
  const std::size_t end = end_of_json(bytes, begin);
  const std::size_t tail = std::max(end, std::min(bytes.rfind("{\"seconds\""), bytes.size()));
  const std::size_t tail_end = end_of_json(bytes, tail);
  return {std::string(bytes.substr(begin, end - begin)), std::string(bytes.substr(end, tail - end)),
          std::string(bytes.substr(tail, tail_end - tail))};
}

std::string file_of(const TallyParts& parts) {
  ByteWriter bytes;
  bytes.raw(tally_magic);
  bytes.fixed32(tally_format_version);
  bytes.fixed32(config_checksum_of(parts.head));
  bytes.text(parts.head);
  bytes.raw(parts.cells);
  const std::size_t tail_offset = bytes.bytes().size();
  bytes.raw(parts.tail);
  bytes.fixed64(tail_offset);
  bytes.fixed32(checksum_of(bytes.bytes()));
  bytes.raw("tallyend");
  return bytes.bytes();
}

}  // namespace logmargin::fuzz
