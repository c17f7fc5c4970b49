#include "host/report/page/cell_sections.hpp"

#include <gtest/gtest.h>

#include "tests/host/report/report_cell.hpp"

namespace logmargin::testing::cell_sections_test {
namespace {

/// The cross product, of as many init as named and so many eta: 1, 2, ...
ReportData cells_of(const std::vector<std::string>& inits, int etas) {
  ReportData data;
  for (const std::string& init : inits) {
    for (int eta = 1; eta <= etas; ++eta) data.cells.push_back(report_cell(init, std::to_string(eta)));
  }
  return data;
}

/// Names and sizes, where the sections are all cells in order.
std::vector<std::string> seen_in(const ReportData& data) {
  std::vector<std::string> seen;
  std::size_t next = 0;
  for (const CellSection& section : cell_sections(data)) {
    EXPECT_EQ(section.first, next);
    next += section.count;
    seen.push_back(section.name + ": " + std::to_string(section.count));
  }
  EXPECT_EQ(next, data.cells.size());
  return seen;
}

using Names = std::vector<std::string>;

TEST(CellSections, AreTheValuesOfTheSlowestAxis) {
  EXPECT_EQ(seen_in(cells_of({"pytorch", "he-normal"}, 3)), (Names{"init pytorch: 3", "init he-normal: 3"}));
}

TEST(CellSections, DivideByTheNextAxisWhatOneValueHasTooManyOf) {
  EXPECT_EQ(
      seen_in(cells_of({"pytorch", "he-normal"}, 301)),
      (Names{"init pytorch, eta 1 to 76: 76", "init pytorch, eta 77 to 152: 76", "init pytorch, eta 153 to 228: 76",
             "init pytorch, eta 229 to 301: 73", "init he-normal, eta 1 to 76: 76", "init he-normal, eta 77 to 152: 76",
             "init he-normal, eta 153 to 228: 76", "init he-normal, eta 229 to 301: 73"}));
}

TEST(CellSections, TakeNumbersOfFewCellsTogether) {
  ReportData data;
  for (int eta = 1; eta <= 150; ++eta) {
    for (const char* dim : {"1", "2", "3"}) {
      data.cells.push_back(report_cell("pytorch", std::to_string(eta)));
      data.cells.back().axis_values[5] = dim;
    }
  }
  EXPECT_EQ(seen_in(data), (Names{"eta 1 to 30: 90", "eta 31 to 60: 90", "eta 61 to 90: 90", "eta 91 to 120: 90",
                                  "eta 121 to 150: 90"}));
}

TEST(CellSections, KeepCellsTogetherThatNothingTellsApart) {
  EXPECT_EQ(seen_in(cells_of(std::vector<std::string>(400, "pytorch"), 1)), (Names{": 400"}));
}

}  // namespace
}  // namespace logmargin::testing::cell_sections_test
