#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/csv_rows.hpp"
#include "tests/program/program.hpp"

namespace logmargin::testing::sweep_folder_test {
namespace {

using Json = nlohmann::json;

const Arguments sweep = {"sweep",  "--trials", "313",    "--steps",      "1000",   "--init", "he-normal,uniform=0.7",
                         "--bias", "matched",  "--data", "+1,-1;2,-0.5", "--quiet"};

/// The files of one sweep.
struct Folder {
  explicit Folder(const Arguments& others = {}) {
    finished = run_logmargin(with_options(with_options(sweep, {"--out", (scratch / "out").string()}), others));
    if (finished.exit_status != 0) throw std::runtime_error(finished.err);
  }

  Json summary() const { return Json::parse(contents(scratch / "out/summary.json")); }
  CsvTable table(const std::string& name) const { return CsvTable(contents(scratch / "out" / name)); }

  ScratchFolder scratch;
  Finished finished;
};

/// A CSV field and a JSON value say the same number, or both nothing.
void expect_same(const CsvTable& table, std::size_t row, const std::string& column, const Json& value) {
  if (value.is_null()) {
    EXPECT_EQ(table.at(row, column), "") << column;
  } else if (value.is_string()) {
    EXPECT_EQ(table.at(row, column), value.get<std::string>()) << column;
  } else {
    ASSERT_NE(table.at(row, column), "") << column;
    EXPECT_EQ(table.number(row, column), value.get<double>()) << column;
  }
}

void expect_same_quantiles(const CsvTable& table, std::size_t row, const std::string& name, const Json& quantiles) {
  for (const char* key : {"count", "min", "q01", "q05", "q25", "q50", "q75", "q95", "q99", "max", "mean"}) {
    expect_same(table, row, name + "_" + key, quantiles.at(key));
  }
}

void expect_same_cell(const CsvTable& table, std::size_t row, std::size_t index, const Json& cell) {
  expect_same(table, row, "cell", index);
  for (const char* key : {"init", "bias", "eta", "optimizer", "loss", "dim", "data"}) {
    expect_same(table, row, key, cell.at(key));
  }
}

TEST(SweepFolder, HoldsTheDocumentedFiles) {
  const Folder folder;
  EXPECT_EQ(names_in(folder.scratch / "out"),
            (std::vector<std::string>{"cells.csv", "figures", "histograms.csv", "report.html", "summary.json",
                                      "trajectory.csv"}));
  EXPECT_EQ(folder.finished.out, "");
}

TEST(SweepFolder, CellsCsvAgreesWithTheSummary) {
  const Folder folder;
  const CsvTable table = folder.table("cells.csv");
  const Json cells = folder.summary().at("cells");
  ASSERT_EQ(table.rows(), 4U);
  ASSERT_EQ(cells.size(), 4U);
  for (std::size_t row = 0; row < 4; ++row) {
    const Json& cell = cells.at(row);
    expect_same_cell(table, row, row, cell);
    expect_same(table, row, "trials", cell.at("trials"));
    for (const auto& [name, count] : cell.at("outcomes").items()) expect_same(table, row, name, count);
    for (const auto& [name, count] : cell.at("dead_points").items())
      expect_same(table, row, "dead_points_" + name, count);
    const Json& rates = cell.at("rates");
    for (const auto& [name, count] : rates.at("best_fit").items()) expect_same(table, row, "best_fit_" + name, count);
    expect_same_quantiles(table, row, "dip_margin_min", cell.at("dip").at("margin_min"));
    expect_same_quantiles(table, row, "dip_log10_t_min", cell.at("dip").at("log10_t_min"));
    expect_same_quantiles(table, row, "C", rates.at("inverse_log").at("C"));
    expect_same_quantiles(table, row, "C_theory", rates.at("inverse_log").at("C_theory"));
    expect_same_quantiles(table, row, "C_ratio", rates.at("inverse_log").at("ratio"));
    expect_same_quantiles(table, row, "C_r2", rates.at("inverse_log").at("r2"));
    expect_same_quantiles(table, row, "log_exponent", rates.at("log_exponent"));
    expect_same_quantiles(table, row, "power_exponent", rates.at("power_exponent"));
  }
}

TEST(SweepFolder, TrajectoryCsvAgreesWithTheSummary) {
  const Folder folder;
  const CsvTable table = folder.table("trajectory.csv");
  const Json cells = folder.summary().at("cells");
  std::size_t row = 0;
  for (std::size_t index = 0; index < cells.size(); ++index) {
    for (const Json& checkpoint : cells.at(index).at("checkpoints")) {
      ASSERT_LT(row, table.rows());
      expect_same_cell(table, row, index, cells.at(index));
      for (const char* key : {"t", "log10_t", "classified"}) expect_same(table, row, key, checkpoint.at(key));
      for (std::size_t i = 0; i < 16; ++i) {
        expect_same(table, row, "pattern_" + std::to_string(i), checkpoint.at("patterns").at(i));
      }
      for (const char* key : {"margin", "gap", "log10_loss"}) {
        expect_same_quantiles(table, row, key, checkpoint.at(key));
      }
      ++row;
    }
  }
  EXPECT_EQ(row, table.rows());
}

TEST(SweepFolder, JsonPrintsTheSameDocument) {
  const Folder folder({"--json"});
  Json printed = Json::parse(folder.finished.out);
  EXPECT_EQ(printed, folder.summary());
  EXPECT_EQ(printed.at("config").at("json"), true);

  Arguments without_folder = sweep;
  without_folder.push_back("--json");
  const Json alone = Json::parse(run_logmargin(without_folder).out);
  for (const char* key : {"schema", "cells"}) EXPECT_EQ(alone.at(key), printed.at(key)) << key;
}

TEST(SweepFolder, RecordsTheTimesAskedFor) {
  const Folder folder({"--record", "500,7,7,0", "--init", "pytorch", "--data", "1,-1"});
  const CsvTable table = folder.table("trajectory.csv");
  std::vector<std::string> times;
  for (std::size_t row = 0; row < table.rows(); ++row) times.push_back(table.at(row, "t"));
  EXPECT_EQ(times, (std::vector<std::string>{"0", "7", "500", "1000"}));
}

TEST(SweepFolder, NestsTheLastAxisFastest) {
  const CsvTable table = Folder().table("cells.csv");
  std::vector<std::string> order;
  for (std::size_t row = 0; row < table.rows(); ++row)
    order.push_back(table.at(row, "init") + " " + table.at(row, "data"));
  EXPECT_EQ(order, (std::vector<std::string>{"he-normal +1,-1", "he-normal +2,-0.5", "uniform=0.7 +1,-1",
                                             "uniform=0.7 +2,-0.5"}));
}

}  // namespace
}  // namespace logmargin::testing::sweep_folder_test
