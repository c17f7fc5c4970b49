#include "host/results/reading/summary_lines.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <vector>

namespace logmargin::summary_lines_test {
namespace {

/// What is left of a text when only one t is wanted.
std::string left_of(const std::string& text, double wanted_t, std::vector<double>* asked = nullptr) {
  std::istringstream file(text);
  SummaryLines lines(file, [&](double t) {
    if (asked != nullptr) asked->push_back(t);
    return t == wanted_t;
  });
  std::ostringstream left;
  left << &lines;
  return left.str();
}

TEST(SummaryLines, AreThoseOfWantedTimesAndTheLast) {
  const std::string zero = "{\"t\":0.0,\"log10_t\":null,\"gap\":{\"count\":1}},\n";
  const std::string one = "{\"t\":1.0,\"log10_t\":0.0,\"gap\":{\"count\":1}},\n";
  const std::string hundred = "{\"t\":1e2,\"log10_t\":2.0,\"gap\":{\"count\":1}},\n";
  const std::string last = "{\"t\":1e3,\"log10_t\":3.0,\"gap\":{\"count\":1}}],\n";
  std::vector<double> asked;
  EXPECT_EQ(left_of("[\n" + zero + one + hundred + last + "\"x\":1}\n", 1.0, &asked),
            "[\n" + one + last + "\"x\":1}\n");
  EXPECT_EQ(asked, (std::vector<double>{0.0, 1.0, 100.0}));
}

TEST(SummaryLines, LeaveOtherTextAsItIs) {
  for (const std::string text : {"", "\n", "\n\n{\"t\":5.0}\n", "{\"t\":5.0,\"log10_t\":1.0},", "{\"t\":5.0},\n",
                                 " {\"t\":5.0,\"log10_t\":1.0},\n", "{\"t\":5.0,\"log10_t\":1.0}\n"}) {
    EXPECT_EQ(left_of(text, 1.0), text);
  }
}

TEST(SummaryLines, AreJudgedWholeAlone) {
  const std::string unwanted = "{\"t\":5.0,\"log10_t\":1.0},\n";
  // Longer than any buffer, so that pieces of the long line begin and end with what would be an unwanted one.
  for (std::size_t before = 65'500; before < 65'540; ++before) {
    const std::string text = std::string(before, ' ') + unwanted + std::string(before, ' ') + "\n";
    EXPECT_EQ(left_of(text + unwanted, 1.0), text) << before;
  }
}

}  // namespace
}  // namespace logmargin::summary_lines_test
