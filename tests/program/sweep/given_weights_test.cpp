#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "host/engine/cell_networks.hpp"
#include "host/plan/experiment.hpp"
#include "host/plan/number.hpp"
#include "tests/program/csv_rows.hpp"
#include "tests/program/folder_bytes.hpp"
#include "tests/program/program.hpp"
#include "tests/support/fewer_under_sanitizers.hpp"

namespace logmargin::testing::given_weights_test {
namespace {

constexpr std::uint64_t trials = 700;

/// The weights that a sweep draws with --init he-normal --bias matched --seed 3, as CSV.
std::string drawn_weights() {
  Cell cell;
  cell.init = "he-normal";
  cell.bias = "matched";
  CellRun run = {make_problem(1.0, -1.0, 0.1), cell.laws(), 3, 0, trials};
  std::string csv = "w1,b1,w2,b2\n";
  for (const SpatialStart& start : trial_starts(run, 0, trials)) {
    const Weights& theta = start.on_line;
    csv += fmt::format("{},{},{},{}\n", number_text(theta.w1), number_text(theta.b1), number_text(theta.w2),
                       number_text(theta.b2));
  }
  return csv;
}

class GivenWeights : public ::testing::Test {
 protected:
  GivenWeights() { written("drawn.csv", drawn_weights()); }

  std::string written(const std::string& name, const std::string& text) {
    const std::string path = (scratch_ / name).string();
    std::ofstream(path) << text;
    return path;
  }
  std::string path(const std::string& name) { return (scratch_ / name).string(); }
  /// Runs a command that has to end with that exit status, and returns what it said on stderr.
  std::string after(const Arguments& arguments, int exit_status = 0) {
    const Finished finished = run_logmargin(arguments);
    EXPECT_EQ(finished.exit_status, exit_status) << finished.err;
    return finished.err;
  }
  /// Returns a table of the folder without what names the law of the weights.
  std::string table(const std::string& folder, const std::string& name) {
    std::string text = contents(scratch_ / folder / name);
    for (const std::string law : {"he-normal,matched,", "given,given,"}) {
      for (std::size_t at = 0; (at = text.find(law, at)) != std::string::npos;) text.erase(at, law.size());
    }
    return text;
  }

  ScratchFolder scratch_;
  const Arguments sweep_ = {"sweep", "--quiet", "--steps", "3000", "--threads", "2"};
};

TEST_F(GivenWeights, TrainAsTheSameWeightsDrawnDo) {
  const Arguments axes = {"--optimizer",    "gd,ngd,heavy-ball=0.9,flow", "--loss", "exp,logistic", "--data",
                          "+1,-1;+1.5,-0.4"};
  after(with_options(with_options(sweep_, axes), {"--init", "he-normal", "--bias", "matched", "--seed", "3", "--trials",
                                                  std::to_string(trials), "--out", path("drawn")}));
  const std::vector<std::string> all_devices = {"cpu", "cpu:scalar", "reference"};
  for (const std::string& device : under_sanitizers ? std::vector<std::string>{"cpu"} : all_devices) {
    after(with_options(with_options(sweep_, axes),
                       {"--theta", path("drawn.csv"), "--device", device, "--out", path(device)}));
    for (const char* name : {"trajectory.csv", "cells.csv", "histograms.csv"}) {
      EXPECT_TRUE(table("drawn", name) == table(device, name)) << device << ' ' << name;
    }
  }
  const CsvTable cells(contents(scratch_ / "cpu/cells.csv"));
  EXPECT_EQ(cells.at(0, "init"), "given");
  EXPECT_EQ(cells.at(0, "bias"), "given");
}

TEST_F(GivenWeights, AreTheSameFromShardsAndAfterAStop) {
  const Arguments sweep = with_options(sweep_, {"--theta", path("drawn.csv"), "--eta", "0.1,0.5"});
  after(with_options(sweep, {"--out", path("whole")}));
  for (const std::string shard : {"0", "1", "2"}) {
    after(with_options(sweep, {"--shard", shard + "/3", "--out", path("shard" + shard)}));
  }
  // The shards can be added up where the weights are not at hand.
  std::filesystem::rename(scratch_ / "drawn.csv", scratch_ / "elsewhere.csv");
  after({"merge", "--quiet", path("merged"), path("shard0"), path("shard1"), path("shard2")});
  EXPECT_TRUE(table("merged", "trajectory.csv") == table("whole", "trajectory.csv"));
  std::filesystem::rename(scratch_ / "elsewhere.csv", scratch_ / "drawn.csv");
  after(with_options(sweep, {"--steps", "2e5", "--stepping", "lockstep", "--out", path("long")}));
  const Arguments saving = with_options(
      sweep, {"--steps", "2e5", "--stepping", "lockstep", "--out", path("stopped"), "--threads", "1", "--resume"});
  const Finished stopped = run_logmargin(with_options(saving, {"--max-time", "0.02"}));
  EXPECT_EQ(stopped.exit_status, 75) << stopped.err;
  const std::string weights = drawn_weights();
  written("drawn.csv", weights.substr(0, weights.rfind('\n', weights.size() - 2) + 1) + "1,0,-1,0\n");
  EXPECT_NE(after(saving, 2).find("--theta is #700-"), std::string::npos);
  // The same weights may lie elsewhere.
  after(with_options(saving, {"--theta", written("elsewhere.csv", weights)}));
  EXPECT_TRUE(table("stopped", "trajectory.csv") == table("long", "trajectory.csv"));
}

TEST_F(GivenWeights, TheSummaryNamesTheFileAndRunsAgain) {
  after(with_options(sweep_, {"--theta", path("drawn.csv"), "--out", path("first")}));
  const auto config = nlohmann::json::parse(contents(scratch_ / "first/summary.json")).at("config");
  EXPECT_EQ(config.at("theta").get<std::string>().find(path("drawn.csv") + "#700-"), 0U);
  EXPECT_EQ(config.at("trials"), trials);
  after({"sweep", "--quiet", "--config", path("first/summary.json"), "--out", path("again")});
  EXPECT_TRUE(table("first", "trajectory.csv") == table("again", "trajectory.csv"));
  const Finished replayed =
      run_logmargin({"replay", "--config", path("first/summary.json"), "--trial", "5", "--format", "json"});
  ASSERT_EQ(replayed.exit_status, 0) << replayed.err;
  const Finished drawn = run_logmargin({"replay", "--init", "he-normal", "--bias", "matched", "--seed", "3", "--steps",
                                        "3000", "--trial", "5", "--format", "json"});
  EXPECT_EQ(replayed.out, drawn.out);
  // Numbers of the command line, or a law, take the file's place.
  const Arguments of_file = {"replay", "--config", path("first/summary.json"), "--at", "9"};
  EXPECT_EQ(after(with_options(of_file, {"--theta", "1,0,-1,0"})), "");
  EXPECT_EQ(after(with_options(of_file, {"--theta", "none", "--init", "he-normal", "--trial", "3"})), "");
  after({"sweep", "--quiet", "--steps", "10", "--trials", "9", "--out", path("lawful")});
  after({"sweep", "--quiet", "--config", path("lawful/summary.json"), "--theta", path("drawn.csv")});
  written("drawn.csv", "w1,b1,w2,b2\n1,0,-1,0\n");
  EXPECT_NE(after({"sweep", "--quiet", "--config", path("first/summary.json")}, 2).find("the file has changed"),
            std::string::npos);
}

TEST_F(GivenWeights, TableAndReportNameTheFileInsteadOfASeed) {
  const Finished finished =
      run_logmargin({"sweep", "--theta", path("drawn.csv"), "--steps", "100", "--trials", "9", "--out", path("out")});
  const std::string weights = "weights of " + path("drawn.csv") + "#700-";
  EXPECT_NE(finished.out.find("9 networks, 100 steps, " + weights), std::string::npos) << finished.out;
  EXPECT_NE(finished.err.find("the first 9 of the 700 rows"), std::string::npos) << finished.err;
  const std::string page = contents(scratch_ / "out/report.html");
  EXPECT_NE(page.find(weights), std::string::npos);
  EXPECT_EQ(page.find("gradient steps, seed"), std::string::npos);
}

TEST_F(GivenWeights, InSpaceARowIsTheNetworkOfItsNumbers) {
  const std::string file = written("space.csv",
                                   "w1_1,w1_2,w1_3,b1,w2_1,w2_2,w2_3,b2\n0.5,-1,0.25,0.1,-0.75,1,2,-0.3\n"
                                   "1,2,0,0.5,-1,-2,0,0.25\n");
  const Arguments rest = {"--data", "(1,0.5,0),(-1,0.25,0.5)", "--steps", "1000", "--format", "json"};
  Arguments of_row = {"replay", "--theta", file, "--trial", "1"};
  Arguments of_numbers = {"replay", "--theta", "1,2,0,0.5,-1,-2,0,0.25"};
  const Finished row = run_logmargin(with_options(of_row, rest));
  const Finished numbers = run_logmargin(with_options(of_numbers, rest));
  ASSERT_EQ(row.exit_status, 0) << row.err;
  EXPECT_EQ(row.out, numbers.out);
  const Finished all = run_logmargin(with_options({"replay", "--theta", file, "--trial", "0,1"}, rest));
  EXPECT_EQ(run_logmargin(with_options({"replay", "--theta", file}, rest)).out, all.out) << "all rows";
  EXPECT_EQ(nlohmann::json::parse(all.out).at("networks").size(), 2U);
  after(with_options(sweep_, {"--theta", file, "--data", "(1,0.5,0),(-1,0.25,0.5)", "--out", path("space")}));
  EXPECT_NE(after(with_options(sweep_, {"--theta", file}), 2)
                .find("3 dimensions, and --dim, or without it --data, asks for 1"),
            std::string::npos);
  const auto summary = nlohmann::json::parse(contents(scratch_ / "space/summary.json"));
  EXPECT_EQ(summary.at("config").at("dim"), nlohmann::json({3}));
  EXPECT_EQ(summary.at("config").at("trials"), 2);
}

TEST_F(GivenWeights, WhatDoesNotGoTogetherIsRefused) {
  const std::string file = path("drawn.csv");
  const std::vector<std::pair<Arguments, std::string>> cases = {
      {{"--theta", file, "--trials", "701"}, "a whole number from 1 to 700 is allowed"},
      {{"--theta", file, "--init", "he-normal"}, "--init: 'he-normal' is not allowed; with --theta FILE"},
      {{"--theta", file, "--bias", "matched"}, "--bias: 'matched' is not allowed; with --theta FILE"},
      {{"--theta", file, "--dim", "2"}, "its networks are in 1 dimension"},
      {{"--theta", file, "--data", "(1,0),(-1,0)"}, "its networks are in 1 dimension"},
      {{"--init", "given"}, "'given' is not allowed"},
      {{"--theta", written("bad.csv", "w1,b1,w2,b2\n1,2,3,x\n")}, "line 2, column b2: 'x' is there"}};
  for (const auto& [options, said] : cases) {
    const std::string complaint = after(with_options(with_options(sweep_, options), {"--out", path("refused")}), 2);
    EXPECT_NE(complaint.find(said), std::string::npos) << complaint;
    EXPECT_EQ(std::count(complaint.begin(), complaint.end(), '\n'), 1) << complaint;
  }
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "refused"));
  EXPECT_NE(after({"replay", "--theta", file, "--trial", "700"}, 2).find("from 0 to 699"), std::string::npos);
  after(with_options(sweep_, {"--theta", path("none.npy")}), 3);
  after(with_options(sweep_, {"--theta", path("none.h5") + ":/x"}), 3);
  EXPECT_NE(after(with_options(sweep_, {"--theta", "2.9,0,-4.9,0"}), 2).find("a file of weights"), std::string::npos);
}

}  // namespace
}  // namespace logmargin::testing::given_weights_test
