#include "host/results/reading/shallow_json.hpp"

#include <gtest/gtest.h>

namespace logmargin::shallow_json_test {
namespace {

using Json = nlohmann::ordered_json;

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(ShallowJson, RefusesWhatWouldExhaustTheStack) {
  EXPECT_EQ(Json::parse(nested(12), shallow()).dump(), nested(12));
  for (const std::size_t depth : {30, 1000000}) {
    EXPECT_THROW(Json::parse(nested(depth), shallow()), UnexpectedJson) << depth;
  }
}

TEST(ShallowJson, AsksTheSecondCallbackToo) {
  const auto no_members = [](int, Json::parse_event_t event, const Json&) { return event != Json::parse_event_t::key; };
  EXPECT_EQ(Json::parse(R"({"a":[1],"b":2})", shallow(no_members)).dump(), "{}");
  EXPECT_THROW(Json::parse(nested(1000), shallow(no_members)), UnexpectedJson);
}

TEST(CountOf, IsAWholeNumberThatFits) {
  EXPECT_EQ(count_of(Json::parse("18446744073709551615")), 18446744073709551615U);
  EXPECT_EQ(count_of(Json::parse("4"), 4), 4U);
  for (const char* text : {"-1", "1.0", "1e300", "18446744073709551616", "\"1\"", "null", "true", "[1]", "{}"}) {
    EXPECT_THROW(count_of(Json::parse(text)), UnexpectedJson) << text;
  }
  EXPECT_THROW(count_of(Json::parse("5"), 4), UnexpectedJson);
}

}  // namespace
}  // namespace logmargin::shallow_json_test
