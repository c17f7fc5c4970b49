#include "host/cli/wrapped_lines.hpp"

#include <gtest/gtest.h>

namespace logmargin::wrapped_lines_test {
namespace {

using Lines = std::vector<std::string>;

TEST(WrappedLines, BreakAtSpacesAlone) {
  EXPECT_EQ(wrapped_lines("a bc def g", 6), (Lines{"a bc", "def g"}));
  EXPECT_EQ(wrapped_lines("a bc def g", 7), (Lines{"a bc", "def g"}));
  EXPECT_EQ(wrapped_lines("a bc def g", 8), (Lines{"a bc def", "g"}));
  EXPECT_EQ(wrapped_lines("a long-word-by-itself b", 5), (Lines{"a", "long-word-by-itself", "b"}));
  EXPECT_EQ(wrapped_lines("word", 4), (Lines{"word"}));
  EXPECT_EQ(wrapped_lines("", 4), (Lines{""}));
}

}  // namespace
}  // namespace logmargin::wrapped_lines_test
