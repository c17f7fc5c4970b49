#include "host/results/reading/shallow_json.hpp"

#include <fmt/format.h>

namespace logmargin {

using Json = nlohmann::ordered_json;

Json::parser_callback_t shallow(Json::parser_callback_t callback) {
  constexpr int most_depth = 16;
  return [callback = std::move(callback)](int depth, Json::parse_event_t event, Json& parsed) {
    if (depth > most_depth) throw UnexpectedJson("it is nested too deep");
    return !callback || callback(depth, event, parsed);
  };
}

std::uint64_t count_of(const Json& json, std::uint64_t largest) {
  if (!json.is_number_unsigned() || json.get<std::uint64_t>() > largest) {
    throw UnexpectedJson(fmt::format("there is {} where a whole number up to {} is due",
                                     json.is_number() ? json.dump() : json.type_name(), largest));
  }
  return json.get<std::uint64_t>();
}

}  // namespace logmargin
