#include "host/report/page/cells_list.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "host/report/page/cell_sections.hpp"
#include "tests/host/report/report_cell.hpp"
#include "tests/host/report/times_in.hpp"

namespace logmargin::testing::cells_list_test {
namespace {

ReportData cells_of_eta(std::size_t count) {
  ReportData data;
  for (std::size_t i = 1; i <= count; ++i) data.cells.push_back(report_cell("pytorch", std::to_string(i)));
  return data;
}

TEST(CellsList, IsOneTableOfFewCells) {
  const std::string list = cells_list(cells_of_eta(most_cells_in_one_table));
  EXPECT_EQ(times_in(list, "<tr><th scope=\"row\">"), most_cells_in_one_table);
  EXPECT_EQ(times_in(list, "<table>"), 1U);
  EXPECT_EQ(times_in(list, "<details>"), 0U);
  EXPECT_EQ(times_in(list, "<a href=\"#cell"), drawn_cells);
}

TEST(CellsList, IsASummaryAndATableForEachSectionOfMany) {
  ReportData data = cells_of_eta(400);
  data.cells[120].outcome = {3, 1, 0, 0, 0};
  data.cells[130].constant[band_median] = 1.25;
  data.cells[131].constant[band_median] = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 300; i < 400; ++i) {
    data.cells[i].log_exponent[band_median] = std::numeric_limits<double>::quiet_NaN();
  }
  const std::string list = cells_list(data);
  EXPECT_EQ(times_in(list, "<tr><th scope=\"row\">"), 400U);
  EXPECT_EQ(times_in(list, "<table>"), 4U);
  for (const char* summary :
       {"<b>eta 1 to 100</b>: 100 cells; converging 50 %; median C 0.5; median p 0.5",
        "<b>eta 101 to 200</b>: 100 cells; converging 50 to 75 %; median C 0.5 to 1.25; median p 0.5",
        "<b>eta 301 to 400</b>: 100 cells; converging 50 %; median C 0.5; median p none"}) {
    EXPECT_EQ(times_in(list, std::string("<details><summary>") + summary + "</summary>"), 1U) << summary;
  }
  EXPECT_EQ(times_in(list, "cells.csv"), 0U);
}

TEST(CellsList, SaysHowEachCellFitsItsTheory) {
  ReportData data = cells_of_eta(3);
  data.cells[0].theory = data.cells[1].theory = "Expected: gap ~ C / ln t.";
  data.cells[0].verdict = "consistent";
  data.cells[0].margin_ratio.fill(0.875);
  data.cells[1].verdict = "not consistent";
  data.cells[1].margin_ratio.fill(0.625);
  const std::string list = cells_list(data);
  EXPECT_EQ(times_in(list, "<td>0.875<td class=\"t\">consistent"), 1U) << list;
  EXPECT_EQ(times_in(list, "<td>0.625<td class=\"t\">not consistent"), 1U) << list;
  EXPECT_EQ(times_in(list, "consistent"), 2U) << list;
  EXPECT_EQ(times_in(list, "<td>–<td class=\"t\">"), 1U) << list;
}

TEST(CellsList, ListsTheFirstCellsOfEachSectionOfVeryMany) {
  const std::string list = cells_list(cells_of_eta(2 * listed_cells));
  EXPECT_EQ(times_in(list, "<tr><th scope=\"row\">"), listed_cells);
  EXPECT_EQ(times_in(list, "<details>"), 2 * listed_cells / usual_section);
  EXPECT_EQ(times_in(list, "<p>The first 50 of these 100 cells; cells.csv has every one.</p>"),
            2 * listed_cells / usual_section);
}

}  // namespace
}  // namespace logmargin::testing::cells_list_test
