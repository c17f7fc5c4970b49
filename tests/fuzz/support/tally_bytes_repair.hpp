#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace logmargin::fuzz {

/// A tally file taken apart, whatever its lengths and checksums say.
struct TallyParts {
  std::string head, cells, tail;
};

/// Where each tally file of an input begins.
inline constexpr std::string_view tally_magic = "logmargin tally\n";

/// By where the head's and the tail's JSON seem to be: any bytes have parts.
TallyParts parts_of(std::string_view bytes);

/// A file of these parts with the lengths and checksums that it needs to be looked into.
std::string file_of(const TallyParts& parts);

}  // namespace logmargin::fuzz
