#include "host/cli/config/config_entry.hpp"

#include <gtest/gtest.h>

#include "host/error.hpp"

namespace logmargin::config_entry_test {
namespace {

using Kind = ConfigValue::Kind;
using Entries = std::vector<ConfigEntry>;

/// "key@line:column = text@line:column kind" for each value; brackets for an array.
std::string shown(const Entries& entries) {
  const auto at = [](const TextPlace& place) {
    return "@" + std::to_string(place.line) + ":" + std::to_string(place.column);
  };
  std::string text;
  for (const ConfigEntry& entry : entries) {
    text += entry.key + at(entry.place) + (entry.is_array ? " [" : "");
    for (const ConfigValue& value : entry.values) {
      text += " " + value.text + at(value.place) + std::string(1, "tnb0o"[static_cast<std::size_t>(value.kind)]);
    }
    text += entry.is_array ? " ]\n" : "\n";
  }
  return text;
}

std::string toml(std::string_view document) { return shown(parse_toml_config(document, "f")); }
std::string json(std::string_view document) { return shown(parse_json_config(document, "f")); }

template <class Parse>
std::string refusal(Parse parse, std::string_view document) {
  try {
    return "accepted: " + parse(document);
  } catch (const UsageError& error) {
    return error.what();
  }
}

void expect_start(const std::string& text, const std::string& start) {
  EXPECT_TRUE(text.starts_with(start)) << text << "\nshould start with " << start;
  EXPECT_NE(text.find("allowed"), std::string::npos) << text;
}

TEST(TomlConfig, KeepsTheOrderAndPlacesOfTheFile) {
  EXPECT_EQ(toml("steps = 10\r\n\r\ndata=\"+1,-1\" # comment\n  eta = [ 0.1,\n 'a' ]\n"),
            "steps@1:1 10@1:9n\ndata@3:1 +1,-1@3:6t\neta@4:3 [ 0.1@4:11n a@5:2t ]\n");
  EXPECT_EQ(toml(""), "");
  EXPECT_EQ(toml("\n# nothing\n"), "");
  EXPECT_EQ(toml("eta = []"), "eta@1:1 [ ]\n");
}

TEST(TomlConfig, KeepsNumbersAsWrittenWhereTheCommandLineTakesThat) {
  EXPECT_EQ(toml("a = [1e-3, 0.10, +5, -0.0, 1e300, 1_000.5]"),
            "a@1:1 [ 1e-3@1:6n 0.10@1:12n +5@1:18n -0.0@1:22n 1e300@1:28n 1000.5@1:35n ]\n");
  EXPECT_EQ(toml("a = [0x10, 0b11, inf, -inf, nan, 9223372036854775807]"),
            "a@1:1 [ 16@1:6n 3@1:12n inf@1:18n -inf@1:23n nan@1:29n 9223372036854775807@1:34n ]\n");
}

TEST(TomlConfig, CountsCharactersAndNotBytes) {
  EXPECT_EQ(toml("a = [ 'äöü€𝄞', 1e-2, 3_0 ]"), "a@1:1 [ äöü€𝄞@1:7t 1e-2@1:16n 30@1:22n ]\n");
  EXPECT_EQ(toml("\xef\xbb\xbf"
                 "a = 1e-2\n"),
            "a@1:1 1e-2@1:5n\n");
}

TEST(TomlConfig, NamesWhatIsNeitherTextNorNumber) {
  EXPECT_EQ(toml("a = true\nb = 1979-05-27\nc = {x = 1}\nd = [[1]]\n[e]\nx = 1\n"),
            "a@1:1 true@1:5b\nb@2:1 a date or time@2:5o\nc@3:1 a table@3:5o\nd@4:1 [ an array@4:6o ]\n"
            "e@5:2 a table@5:1o\n");
}

TEST(TomlConfig, RefusesWhatIsNotToml) {
  expect_start(refusal(toml, "eta = 1\neta = 2\n"), "f:2:7: 'eta = 2' is not TOML: ");
  expect_start(refusal(toml, "init = he-normal"), "f:1:8: 'init = he-normal' is not TOML: ");
  expect_start(refusal(toml, "eta = \"0.1"), "f:1:");
  expect_start(refusal(toml, "eta = 1e400\n"), "f:1:");
  expect_start(refusal(toml, "seed = 18446744073709551615\n"), "f:1:");
  expect_start(refusal(toml, "eta = [1,\n"), "f:1:");
  expect_start(refusal(toml, "{\"eta\": 1}"), "f:1:1: ");
  expect_start(refusal(toml, "a = '\xff'"), "f:1:5: 'a = '\xff'' is not TOML");
  expect_start(refusal(toml, std::string("\xff\xfe"
                                         "a\0=\0",
                                         6)),
               "f:1:1: ");
  expect_start(refusal(toml, std::string_view("\0\0", 2)), "f:1:1: ");
  expect_start(refusal(toml, "a = " + std::string(1000, '[')), "f:1:");
  EXPECT_LT(refusal(toml, "a = " + std::string(100000, 'x')).size(), 500U);
}

TEST(JsonConfig, KeepsTheOrderAndPlacesOfTheFile) {
  EXPECT_EQ(json("{\"steps\": 10, \"data\":\"+1,-1\",\n \"eta\" : [ 0.1 ,\n\"a\"], \"x\":null, \"y\": true}"),
            "steps@1:2 10@1:11n\ndata@1:15 +1,-1@1:22t\neta@2:2 [ 0.1@2:12n a@3:1t ]\nx@3:7 null@3:110\n"
            "y@3:17 true@3:22b\n");
  EXPECT_EQ(json("{}"), "");
  EXPECT_EQ(json("{\"eta\":[]}"), "eta@1:2 [ ]\n");
  EXPECT_EQ(json("{\"a\":-1}"), "a@1:2 -1@1:6n\n");
  EXPECT_EQ(json("\xef\xbb\xbf{\"a\":1}"), "a@1:2 1@1:6n\n");
}

TEST(JsonConfig, KeepsNumbers) {
  EXPECT_EQ(json("{\"a\":[18446744073709551615,1e300,0.1,1e-3,-0.5,1000000.0]}"),
            "a@1:2 [ 18446744073709551615@1:7n 1e300@1:28n 0.1@1:34n 1e-3@1:38n -0.5@1:43n 1000000.0@1:48n ]\n");
}

TEST(JsonConfig, CountsCharactersAndNotBytes) {
  EXPECT_EQ(json("{\"a\":[\"äöü€𝄞\",\"\\\"\\\\\",\"\\u00e4\",7]}"),
            "a@1:2 [ äöü€𝄞@1:7t \"\\@1:15t ä@1:22t 7@1:31n ]\n");
}

TEST(JsonConfig, TakesTheConfigOfAWholeSummaryAndStopsThere) {
  EXPECT_EQ(
      json("{\"schema\":\"s\",\"program\":{\"threads\":2,\"config\":{}},\"config\":{\"eta\":[1]},\"cells\":nonsense"),
      "eta@1:61 [ 1@1:68n ]\n");
  EXPECT_EQ(json("{\"config\":5}"), "config@1:2 5@1:11n\n");
  EXPECT_EQ(json("{\"eta\":1,\"config\":{\"eta\":2}}"), "eta@1:20 2@1:26n\n");
}

TEST(JsonConfig, NamesWhatIsNeitherTextNorNumber) {
  EXPECT_EQ(json("{\"a\":{\"b\":[1,{\"c\":2}],\"d\":3},\"e\":[[1,[2]],{\"f\":3}]}"),
            "a@1:2 an object@1:6o\ne@1:30 [ an array@1:35o an object@1:43o ]\n");
}

TEST(JsonConfig, RefusesWhatIsNotJson) {
  expect_start(refusal(json, ""), "f:1:1: not JSON: ");
  expect_start(refusal(json, "{\"eta\": }"), "f:1:9: not JSON: ");
  expect_start(refusal(json, "{\n\"eta\": 1"), "f:2:9: not JSON: ");
  expect_start(refusal(json, "{\"eta\": 1}}"), "f:1:11: not JSON: ");
  expect_start(refusal(json, "{\"eta\": nan}"), "f:1:10: not JSON: ");
  expect_start(refusal(json, "{\"eta\": 1e400}"), "f:1:13: not JSON: number overflow");
  expect_start(refusal(json, "{\"a\":\"\xff\"}"), "f:1:7: not JSON: ");
  expect_start(refusal(json, "eta = 1"), "f:1:");
  expect_start(refusal(json, "5"), "f:1:1: '5' ");
  expect_start(refusal(json, "[{\"eta\":1}]"), "f:1:1: ");
  expect_start(refusal(json, "null"), "f:1:1: 'null' ");
  EXPECT_LT(refusal(json, "{\"a\":\"" + std::string(100000, 'x')).size(), 300U);
}

TEST(JsonConfig, RefusesAKeyThatComesTwice) {
  expect_start(refusal(json, "{\"eta\":1,\n\"eta\":2}"), "f:2:1: eta: ");
  expect_start(refusal(json, "{\"config\":{\"eta\":1,\"eta\":1}}"), "f:1:20: eta: ");
}

TEST(Config, ReadsAMillionValuesInTime) {
  std::string list = "[0";
  for (int i = 0; i < 1000000; ++i) list += ",0.1";
  EXPECT_EQ(parse_toml_config("a = " + list + "]", "f").at(0).values.size(), 1000001U);
  EXPECT_EQ(parse_json_config("{\"a\":" + list + "]}", "f").at(0).values.size(), 1000001U);
}

}  // namespace
}  // namespace logmargin::config_entry_test
