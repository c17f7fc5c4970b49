#include "host/cli/config/validate_toml.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "host/error.hpp"

namespace logmargin::toml_guard_test {
namespace {

std::string refusal(const std::string& document) {
  try {
    validate_toml(document, "c.toml");
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(TomlValidator, RefusesKeysOfManyDots) {
  const std::string key = repeated("x.", 20) + "x";
  const std::vector<std::string> documents = {
      key + " = 1",
      "[" + key + "]",
      "[[" + key + "]]",
      "a = {" + key + " = 1}",
      "a = {b = 1, " + key + " = 1}",
      "a = [{" + key + " = 1}]",
      repeated(R"('=' . "#\"\\" . )", 20) + "x = 1",
      "a = '''\n'''''\n" + key + " = 1",
      "a = \"\"\"=\n\\\"\"\"\"\n" + key + " = 1",
  };
  for (const std::string& document : documents) {
    EXPECT_NE(refusal("b = 1.5\n" + document).find("a key has more than 10 dots"), std::string::npos) << document;
  }
}

TEST(TomlValidator, RefusesWhatIsNotAsciiWhereThatIsNoText) {
  const std::vector<std::string> documents = {
      "é = 1",    "a = é", "a = 1 é", "a = 'é' é", "[é]", "a = \"\"\"\\é\"\"\"", "a = \"\"\"\\ \n\t\r\n é\"\"\"",
      "a = \xff",
  };
  for (const std::string& document : documents) {
    EXPECT_NE(refusal(document).find("a character that is not ASCII"), std::string::npos) << document;
  }
  EXPECT_TRUE(refusal("\xef\xbb\xbf# é\n'é' = é").starts_with("c.toml:2:7: ")) << refusal("\xef\xbb\xbf# é\n'é' = é");
}

TEST(TomlValidator, RefusesQuotesInTheMidstOfAValue) {
  for (const std::string document : {"a = 1x\"é\"", "a = {b\"é = 1", "a = 'b''é'", "a = ]'é", "a = [10.\"é]"}) {
    EXPECT_NE(refusal(document).find("quotes are allowed around a whole text only"), std::string::npos) << document;
  }
  EXPECT_EQ(refusal("'a' = ['c',\"d\",'e']\n\"f\"={'g'='h'}"), "");
}

TEST(TomlValidator, RefusesControlCharacters) {
  EXPECT_NE(refusal(std::string("a = 1,}\0", 8)).find("a control character is not allowed"), std::string::npos);
  EXPECT_EQ(refusal("a =\t1\r\n"), "");
}

TEST(TomlValidator, RefusesHeadersWithoutAName) {
  for (const std::string document : {"[@a]", "\t[ = ]", "[[ .a]]", "[\n", "a = [[1], 2]\n[\n#]"}) {
    EXPECT_NE(refusal(document).find("the name of a table is missing"), std::string::npos) << document;
  }
  EXPECT_EQ(refusal("[a]\n[[ 'b' ]]\n['']\n[]\na = [\n[+1], [@\n[@]]]\n["), "");
}

TEST(TomlValidator, LetsTextCommentsAndNumbersBe) {
  const std::string dots(50, '.');
  const std::vector<std::string> documents = {
      "out = '" + dots + "é'",
      "out = \"" + dots + "é\"",
      "out = '''\n" + dots + "\n'" + dots + "\\ é'''",
      "out = \"\"\"\\\"\"\"" + dots + "\"\"\"",
      "out = \"\"\"é\\\n  x é\"\"\"",
      "# é" + dots,
      "\xef\xbb\xbf" + std::string("eta = [") + repeated("0.1, ", 50) + "]",
      repeated("a.b = 0.1\n", 50),
      "out = '",
      "\"\\",
      "'''",
      "",
  };
  for (const std::string& document : documents) EXPECT_EQ(refusal(document), "") << document;
}

}  // namespace
}  // namespace logmargin::toml_guard_test
