#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/host/compare/compared_runs.hpp"

namespace logmargin::testing::compare_folders_test {
namespace {

using Json = nlohmann::json;

/// Names of the options that differ.
std::vector<std::string> differing(const Json& comparison) {
  std::vector<std::string> names;
  for (const Json& option : comparison.at("options")) names.push_back(option.at("name"));
  return names;
}

TEST(CompareFolders, TheSameResultsAreTheSame) {
  const ComparedRuns runs;
  runs.sweep("a", {"--eta", "0.1,0.2", "--threads", "1"});
  runs.sweep("b", {"--eta", "0.1,0.2", "--threads", "2", "--device", "cpu:scalar"});
  for (const std::string other : {"a", "b"}) {
    EXPECT_NE(runs.table("a", other).find("the results are the same: no share, quantile or count of 2 cells differs"),
              std::string::npos)
        << runs.table("a", other);
    const Json json = runs.json("a", other);
    EXPECT_EQ(json.at("schema"), "logmargin.compare/1");
    EXPECT_TRUE(json.at("same"));
    EXPECT_TRUE(json.at("options").empty()) << "how a run is done is no option of its results";
    ASSERT_EQ(json.at("cells").size(), 2U);
    for (const Json& cell : json.at("cells")) {
      EXPECT_TRUE(cell.at("same"));
      for (const Json& outcome : cell.at("outcomes")) EXPECT_EQ(outcome.at("difference"), 0.0);
      EXPECT_EQ(cell.at("quantities").size(), 8U);
      for (const Json& quantity : cell.at("quantities")) {
        for (const Json& difference : quantity.at("difference")) EXPECT_EQ(difference, 0.0);
      }
    }
  }
}

TEST(CompareFolders, AWholeFolderIsTheSameNotAPartOfIt) {
  const ComparedRuns runs;
  runs.sweep("a", {"--eta", "0.1,0.2"});
  runs.sweep("b", {"--eta", "0.2"});
  const Json json = runs.json("a", "b");
  EXPECT_FALSE(json.at("same"));
  ASSERT_EQ(json.at("cells").size(), 1U);
  EXPECT_TRUE(json.at("cells")[0].at("same"));
  EXPECT_EQ(json.at("cells")[0].at("a").at("cell"), 1);
  EXPECT_EQ(json.at("a").at("cells_alone")[0].at("cell"), 0);
  EXPECT_EQ(json.at("a").at("cells_alone")[0].at("axes").at("eta"), "0.1");
  EXPECT_TRUE(json.at("b").at("cells_alone").empty());
  const std::string table = runs.table("a", "b");
  EXPECT_EQ(table.find("results are the same"), std::string::npos);
  EXPECT_NE(table.find("in A alone, not compared:\n    cell 0: eta 0.1\n"), std::string::npos) << table;
}

/// cells.csv and trajectory.csv are other writers of the same numbers.
TEST(CompareFolders, StatesTheSharesAndQuantilesOfBothFolders) {
  const ComparedRuns runs;
  runs.sweep("a", {"--bias", "normal=0.5", "--trials", "400"});
  runs.sweep("b", {"--bias", "normal=0.5", "--seed", "7", "--eta", "1"});
  const Json json = runs.json("a", "b");
  EXPECT_FALSE(json.at("same"));
  EXPECT_EQ(differing(json), (std::vector<std::string>{"eta", "trials", "seed"}));
  EXPECT_EQ(json.at("options")[0].at("a"), Json::array({0.1}));
  EXPECT_EQ(json.at("options")[2].at("b"), 7);
  const Json& cell = json.at("cells").at(0);
  EXPECT_EQ(cell.at("not_paired"), "their seeds differ");
  EXPECT_EQ(cell.at("paired_networks"), nullptr);
  EXPECT_EQ(cell.at("outcomes_of_networks"), nullptr);
  const CsvTable in_a = runs.csv("a/cells.csv");
  const CsvTable in_b = runs.csv("b/cells.csv");
  for (const std::string outcome : {"converging", "stuck", "transient", "dormant"}) {
    const Json& share = cell.at("outcomes").at(outcome);
    const double a = in_a.number(0, outcome) / 400.0;
    const double b = in_b.number(0, outcome) / 300.0;
    EXPECT_EQ(share.at("a").at("count"), in_a.number(0, outcome));
    EXPECT_DOUBLE_EQ(share.at("difference"), b - a);
    EXPECT_NEAR(share.at("standard_error"), std::sqrt(a * (1.0 - a) / 400.0 + b * (1.0 - b) / 300.0), 1e-12);
    EXPECT_LE(share.at("interval")[0], b - a);
    EXPECT_GE(share.at("interval")[1], b - a);
  }
  for (const std::string quantity :
       {"C", "dip_margin_min", "dip_log10_t_min", "log10_t_eps_0.1", "log10_t_eps_0.001"}) {
    const Json& compared = cell.at("quantities").at(quantity);
    for (const std::string level : {"q05", "q50", "q95"}) {
      const double a = in_a.number(0, quantity + "_" + level);
      const double b = in_b.number(0, quantity + "_" + level);
      EXPECT_EQ(compared.at("a").at(level), a) << quantity;
      EXPECT_EQ(compared.at("b").at(level), b) << quantity;
      EXPECT_EQ(compared.at("difference").at(level), b - a) << quantity;
    }
    EXPECT_EQ(compared.at("networks"), nullptr);
    // Histograms are written of times alone.
    EXPECT_EQ(compared.at("interval_of_median").is_array(), quantity.starts_with("log10_t_eps")) << quantity;
  }
  const CsvTable at_t_in_a = runs.csv("a/trajectory.csv");
  const CsvTable at_t_in_b = runs.csv("b/trajectory.csv");
  for (const std::string quantity : {"gap", "margin"}) {
    EXPECT_EQ(cell.at("quantities").at(quantity).at("a").at("q50"),
              at_t_in_a.number(at_t_in_a.rows() - 1, quantity + "_q50"));
    EXPECT_EQ(cell.at("quantities").at(quantity).at("b").at("q95"),
              at_t_in_b.number(at_t_in_b.rows() - 1, quantity + "_q95"));
  }
  EXPECT_EQ(cell.at("quantities").at("log10_t_eps_0.1").at("never_above").at("a"),
            in_a.number(0, "log10_t_eps_0.1_never_above"));
}

TEST(CompareFolders, TimesAreThoseToTheGapsThatBothKnow) {
  const ComparedRuns runs;
  runs.sweep("a", {"--eps", "0.1,0.01"});
  runs.sweep("b", {"--eps", "1%,0.01"});
  const Json json = runs.json("a", "b");
  EXPECT_EQ(differing(json), std::vector<std::string>{"eps"});
  EXPECT_TRUE(json.at("cells")[0].at("quantities").contains("log10_t_eps_0.01"));
  EXPECT_EQ(json.at("cells")[0].at("quantities").size(), 6U);
}

TEST(CompareFolders, SaysWhyNetworksAreNotPaired) {
  const ComparedRuns runs;
  runs.sweep("a", {});
  const std::vector<std::pair<Arguments, std::string>> others = {
      {{"--seed", "1"}, "their seeds differ"},
      {{"--init", "pytorch"}, "their initialisations differ"},
      {{"--bias", "matched"}, "the laws of their biases differ"},
      {{"--dim", "2"}, "their dimensions differ"}};
  for (const auto& [options, reason] : others) {
    runs.sweep("b", options);
    EXPECT_EQ(runs.json("a", "b").at("cells")[0].at("not_paired"), reason);
    EXPECT_FALSE(runs.json("a", "b").at("cells")[0].at("same_start"));
    EXPECT_NE(runs.table("a", "b").find("not paired:\n    " + reason + "\n"), std::string::npos);
  }
  runs.sweep("b", {"--eta", "0.2"});
  const Json cell = runs.json("a", "b").at("cells")[0];
  EXPECT_TRUE(cell.at("same_start"));
  const std::string reason = cell.at("not_paired");
  EXPECT_TRUE(reason == "A has no trials.h5, which sweep --trials-out writes" ||
              reason == "this build has no HDF5, to read trials.h5")
      << reason;
}

TEST(CompareFolders, FoldersWithoutACellInCommonAreRefused) {
  const ComparedRuns runs;
  runs.sweep("a", {"--eta", "0.1,0.2"});
  runs.sweep("b", {"--eta", "0.3,0.4"});
  const Finished finished = runs.compare({"a", "b"});
  EXPECT_EQ(finished.exit_status, 2);
  EXPECT_EQ(finished.out, "");
  EXPECT_NE(finished.err.find("no cell of 'a' has the axes of a cell of 'b'"), std::string::npos) << finished.err;
  EXPECT_EQ(lines_of(finished.err).size(), 1U);
}

TEST(CompareFolders, WrongInputIsAnsweredInOneLine) {
  const ComparedRuns runs;
  runs.sweep("a", {});
  std::filesystem::create_directories(runs.scratch() / "empty");
  std::filesystem::create_directories(runs.scratch() / "broken");
  write_text(runs.scratch() / "broken/summary.json", "{\"schema\":");
  write_text(runs.scratch() / "file", "");
  const std::vector<std::tuple<Arguments, int, std::string>> refused = {
      {{}, 2, "A is missing; allowed: logmargin compare A B [options]"},
      {{"a"}, 2, "B is missing"},
      {{"a", "a", "a"}, 2, "a: unknown option"},
      {{"a", "a", "--jsn"}, 2, "did you mean --json?"},
      {{"a", "a", "--json=yes"}, 2, "--json takes no value"},
      {{"a", "nowhere"}, 3, "'nowhere/summary.json' cannot be read: No such file"},
      {{"nowhere", "a"}, 3, "'nowhere/summary.json' cannot be read: No such file"},
      {{"file", "a"}, 3, "'file/summary.json' cannot be read: Not a directory"},
      {{"a", "empty"}, 3, "'empty/summary.json' cannot be read"},
      {{"a", "broken"}, 3, "'broken/summary.json' is not a whole summary of a sweep"}};
  for (const auto& [words, status, part] : refused) {
    const Finished finished = runs.compare(words);
    EXPECT_EQ(finished.exit_status, status) << ::testing::PrintToString(words);
    EXPECT_EQ(finished.out, "");
    EXPECT_EQ(lines_of(finished.err).size(), 1U) << finished.err;
    EXPECT_NE(finished.err.find(part), std::string::npos) << finished.err;
  }
  Surroundings full;
  full.stdout_path = "/dev/full";
  full.working_folder = runs.scratch().path();
  EXPECT_EQ(run_logmargin({"compare", "a", "a"}, full).exit_status, 3);
}

/// Few networks have no interval and no quantile, of which JSON knows no number.
TEST(CompareFolders, WhatIsNotKnownIsNull) {
  const ComparedRuns runs;
  runs.sweep("a", {"--trials", "1"});
  runs.sweep("b", {"--trials", "1", "--optimizer", "ngd"});
  const Json json = runs.json("a", "b");
  EXPECT_EQ(json.at("cells")[0].at("quantities").at("C").at("difference").at("q50"), nullptr);
  EXPECT_EQ(json.at("cells")[0].at("quantities").at("log10_t_eps_0.1").at("interval_of_median"), nullptr);
}

}  // namespace
}  // namespace logmargin::testing::compare_folders_test
