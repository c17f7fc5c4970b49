#include "host/report/figures/figure.hpp"

#include <gtest/gtest.h>

#include "host/report/figures/cell_figures.hpp"
#include "host/report/figures/comparison_figure.hpp"
#include "host/report/figures/sweep_figures.hpp"
#include "host/report/page/page.hpp"
#include "tests/host/report/report_cell.hpp"

namespace logmargin::figure_test {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

TEST(GnuplotQuoted, EndsTheStringNowhere) { EXPECT_EQ(gnuplot_quoted("a'b\n`c"), "'a''b `c'"); }

TEST(ScriptText, NamesItsPictureAndTerminal) {
  const Figure figure = {"dip", "The dip", "words", "plot x\n"};
  EXPECT_NE(script_text(figure, false).find("set terminal svg"), std::string::npos);
  EXPECT_NE(script_text(figure, false).find("set output 'dip.svg'"), std::string::npos);
  EXPECT_NE(script_text(figure, true).find("set output 'dip.pdf'"), std::string::npos);
  EXPECT_TRUE(script_text(figure, true).ends_with("plot x\nunset output\n"));
}

ReportCell a_cell(const std::string& eta) { return testing::report_cell("he-normal", eta); }

DrawnTime at(double log10_t, double gap) {
  DrawnTime seen{};
  seen.log10_t = log10_t;
  seen.gap = {gap, gap, gap, gap, gap};
  seen.margin = seen.gap;
  seen.local_log_exponent = {none, none, none, none, none};
  seen.pattern_share[9] = 1.0;
  return seen;
}

TEST(TimeFigures, HaveARowForEachPositiveT) {
  ReportCell cell = a_cell("0.1");
  cell.recorded = {at(none, 0.0), at(0.0, 0.0), at(300.0, 0.25)};
  const FigureGroup group = time_figures(cell, 3);
  ASSERT_EQ(group.data.size(), 1U);
  EXPECT_EQ(group.data[0].name, "cell3-times.dat");
  EXPECT_NE(group.data[0].text.find("\n0 NaN NaN NaN NaN NaN NaN NaN NaN NaN NaN 0 0 0 0 0 NaN NaN NaN NaN NaN 0"),
            std::string::npos)
      << group.data[0].text;
  EXPECT_NE(group.data[0].text.find("\n300 0.25 0.25 0.25 0.25 0.25 4 4 4 4 4 "), std::string::npos);
  EXPECT_EQ(group.figures.size(), 5U);  // no local exponent is known
}

TEST(ComparisonFigure, HasACurveForEachCellWithAGap) {
  ReportData data;
  data.cells = {a_cell("0.1"), a_cell("0.2"), a_cell("0.3")};
  data.cells[0].recorded = {at(none, 0.5), at(0.0, 0.5), at(6.0, 0.25)};
  data.cells[1].recorded = {at(none, none), at(6.0, none)};
  EXPECT_TRUE(comparison_figure(data).figures.empty());
  data.cells[2].recorded = {at(0.0, 0.125), at(8.0, 0.0)};
  const FigureGroup group = comparison_figure(data);
  ASSERT_EQ(group.figures.size(), 1U);
  ASSERT_EQ(group.data.size(), 1U);
  EXPECT_EQ(group.data[0].text,
            "# cell 0: log10_t, median gap\n0 0.5\n6 0.25\n\n\n# cell 2: log10_t, median gap\n0 0.125\n");
  const Figure& figure = group.figures[0];
  EXPECT_EQ(figure.description,
            "At the last recorded t with a gap, the median: 0.25 in cell 0 (eta 0.1), 0.125 in cell 2 (eta 0.3).");
  EXPECT_NE(figure.commands.find("'gaps.dat' index 0 using 1:2"), std::string::npos) << figure.commands;
  EXPECT_NE(figure.commands.find("t 'cell 0'"), std::string::npos) << figure.commands;
  EXPECT_NE(figure.commands.find("'gaps.dat' index 1 using 1:2"), std::string::npos) << figure.commands;
  EXPECT_NE(figure.commands.find("t 'cell 2'"), std::string::npos) << figure.commands;
  EXPECT_NE(figure.commands.find("set xrange [0:6]"), std::string::npos) << figure.commands;
  data.cells.resize(drawn_cells + 2, a_cell("0.4"));
  EXPECT_TRUE(comparison_figure(data).figures[0].description.ends_with("The first 12 of 14 cells."));
}

TEST(HistogramFigures, DrawDensities) {
  ReportCell cell = a_cell("0.1");
  cell.histograms = {{"log_exponent", "", {{1.0, 1.5, 3}, {1.5, 2.0, 1}}}, {"C_ratio", "", {}}};
  const FigureGroup group = histogram_figures(cell, 0);
  ASSERT_EQ(group.figures.size(), 1U);
  EXPECT_NE(group.data[0].text.find("\n1 1.5 1.5 3\n1.5 2 0.5 1\n"), std::string::npos) << group.data[0].text;
}

TEST(HeatMaps, AskForTwoAxesOfSeveralValues) {
  ReportData data;
  data.cells = {a_cell("0.1"), a_cell("0.2")};
  EXPECT_TRUE(heat_maps(data).figures.empty());
  data.cells.insert(data.cells.end(), {a_cell("0.1"), a_cell("0.2")});
  data.cells[2].axis_values[0] = data.cells[3].axis_values[0] = "it's";
  data.cells[3].outcome = {1, 3, 0, 0, 0};
  const FigureGroup group = heat_maps(data);
  ASSERT_EQ(group.figures.size(), 2U);
  EXPECT_EQ(group.figures[0].name, "map-init-eta-stuck");
  EXPECT_TRUE(group.data[0].text.ends_with("\n0 0 0.5\n1 0 0.5\n0 1 0.5\n1 1 0.75\n")) << group.data[0].text;
  EXPECT_NE(group.figures[0].commands.find("'it''s' 1) noenhanced"), std::string::npos);
}

TEST(HeatMaps, LeaveConstantsOfAnotherLawOut) {
  ReportData data;
  for (const char* eta : {"0.1", "0.2"}) {
    for (const char* optimizer : {"gd", "ngd"}) {
      ReportCell cell = a_cell(eta);
      cell.axis_values[3] = optimizer;
      cell.power_law = cell.axis_values[3] == "ngd";
      data.cells.push_back(cell);
    }
  }
  const FigureGroup maps = heat_maps(data);
  ASSERT_EQ(maps.figures.size(), 2U);
  EXPECT_EQ(maps.data[0].text.find("NaN"), std::string::npos) << maps.data[0].text;
  EXPECT_EQ(maps.figures[1].name, "map-eta-optimizer-constant");
  EXPECT_NE(maps.data[1].text.find("\n0 0 0.5\n1 0 NaN\n0 1 0.5\n1 1 NaN\n"), std::string::npos) << maps.data[1].text;
  EXPECT_NE(maps.figures[1].description.find("Of gap ~ C / ln t; cells of another law, or of none, are left empty."),
            std::string::npos)
      << maps.figures[1].description;
}

TEST(HeatMaps, AreImagesWhereThereAreManyCells) {
  ReportData data;
  for (const char* init : {"pytorch", "he-normal"}) {
    for (int eta = 1; eta <= 501; ++eta) data.cells.push_back(testing::report_cell(init, std::to_string(eta)));
  }
  data.cells[1].limiting_constant[band_median] = none;
  const FigureGroup group = heat_maps(data);
  ASSERT_EQ(group.figures.size(), 2U);
  EXPECT_NE(
      group.figures[1].commands.find("set datafile missing\nplot 'map-init-eta-constant.dat' using 1:2:3 with image"),
      std::string::npos)
      << group.figures[1].commands;
  // An image asks for every place.
  EXPECT_NE(group.data[1].text.find("\n0 0 0.5\n1 0 NaN\n2 0 0.5\n"), std::string::npos);
  data.cells.pop_back();
  EXPECT_NE(heat_maps(data).figures[1].commands.find("with boxxyerror"), std::string::npos);
}

TEST(RemakingCommand, QuotesForTheShell) {
  const nlohmann::ordered_json config = {{"eta", {0.1, 0.5}}, {"data", {"+1,-1", "2,-1"}}, {"steps", 1e12},
                                         {"out", "it's"},     {"threads", nullptr},        {"force", true},
                                         {"quiet", false}};
  EXPECT_EQ(remaking_command(config),
            "logmargin sweep --eta 0.1,0.5 --data '+1,-1;2,-1' --steps 1000000000000 --out 'it'\\''s' --force");
}

}  // namespace
}  // namespace logmargin::figure_test
