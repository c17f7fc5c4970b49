#include "host/results/files/summary_json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "tests/host/results/string_sink.hpp"

namespace logmargin::summary_json_test {
namespace {

using Json = nlohmann::ordered_json;

constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> names;
  for (const auto& [name, value] : object.items()) names.push_back(name);
  return names;
}

const std::vector<std::string> quantile_keys = {"count", "min", "q01", "q05", "q25", "q50",
                                                "q75",   "q95", "q99", "max", "mean"};

TEST(QuantilesJson, HasTheDocumentedKeysInOrder) {
  Distribution distribution(BinScale::absolute);
  for (const double value : {1.0, 2.0, 4.5}) distribution.add(value);
  const Json json = quantiles_json(distribution.quantiles());
  EXPECT_EQ(keys(json), quantile_keys);
  EXPECT_EQ(json["count"], 3);
  EXPECT_EQ(json["min"], 1.0);
  EXPECT_EQ(json["max"], 4.5);
  EXPECT_EQ(json["mean"], 2.5);
}

TEST(QuantilesJson, IsNullWhereThereIsNothing) {
  const std::string text = quantiles_json(Distribution(BinScale::relative).quantiles()).dump();
  const Json json = Json::parse(text);
  EXPECT_EQ(keys(json), quantile_keys);
  EXPECT_EQ(json["count"], 0);
  for (const std::string& key : quantile_keys) {
    EXPECT_EQ(json[key].is_null(), key != "count") << key;
  }
}

TEST(QuantilesJson, WritesNullForInfinity) {
  Quantiles quantiles{};
  quantiles.count = 1;
  quantiles.min = -infinity;
  quantiles.max = infinity;
  const Json json = Json::parse(quantiles_json(quantiles).dump());
  EXPECT_TRUE(json["min"].is_null());
  EXPECT_TRUE(json["max"].is_null());
}

TEST(ProgramFacts, NameTheBuild) {
  const Json facts = program_facts();
  EXPECT_EQ(facts["name"], "logmargin");
  EXPECT_TRUE(facts["version"].is_string());
  EXPECT_TRUE(facts["git_revision"].is_string());
  EXPECT_TRUE(facts["git_dirty"].is_boolean());
  EXPECT_TRUE(facts["compiler"].is_string());
}

/// Two cells of two checkpoints each, of which the first is empty.
std::string two_cells() {
  const RunFacts facts = {2.0, 600.0, "cpu (test)", 3, 100.0, {64, 1e-13, 4096.0}};
  Experiment experiment;
  experiment.trials = 5;
  experiment.steps = 1e8;
  experiment.thresholds = {{"0.10", 0.1}};
  testing::StringSink sink;
  SummaryJson summary(sink, Json{{"seed", 7}}, facts, experiment);
  const Cell cell = {"he-normal", "zero", 0.1, "gd", "exp", 1, {1.0, -1.0}};
  RecordedTally checkpoint;
  checkpoint.classified = 4;
  checkpoint.patterns[9] = 5;
  checkpoint.gap.add(0.5);
  for (std::size_t index = 0; index < 2; ++index) {
    summary.begin_cell(index, cell);
    summary.recorded(summary_of(0.0, {}));
    summary.recorded(summary_of(1000.0, checkpoint));
    HorizonTally horizon(2, 1);
    horizon.outcome = {1, 2, 3, 4, 5, 6, 7};
    horizon.dead_points = {6, 7, 8};
    horizon.fit[0].best = {1, 1, 1, 1};
    horizon.fit[1].best = {9, 10, 11, 12};
    horizon.power_law_first_inverse_log_last = 13;
    horizon.time_to_gap[0].never_above = 14;
    horizon.time_to_gap[0].never_within = 15;
    horizon.time_to_gap[0].log10_t.add(17.0);
    horizon.dip_margin.add(0.25);
    summary.end_cell(summary_of(index, cell, experiment, horizon));
  }
  summary.finish(facts);
  return sink.text;
}

TEST(SummaryJson, IsOneDocumentOfTheDocumentedShape) {
  const Json json = Json::parse(two_cells());
  EXPECT_EQ(keys(json), (std::vector<std::string>{"schema", "program", "config", "cells", "stepping", "timing"}));
  EXPECT_EQ(json["schema"], "logmargin.summary/1");
  EXPECT_EQ(json["program"]["device"], "cpu (test)");
  EXPECT_EQ(json["program"]["threads"], 3);
  EXPECT_EQ(json["config"]["seed"], 7);
  EXPECT_EQ(json["cells"].size(), 2U);
  EXPECT_EQ(json["timing"]["seconds"], 2.0);
  EXPECT_EQ(json["timing"]["network_steps"], 600.0);
  EXPECT_EQ(json["timing"]["network_steps_per_s"], 300.0);
}

TEST(SummaryJson, SaysHowStepsWereTakenAndHowWellThatWasChecked) {
  const Json stepping = Json::parse(two_cells())["stepping"];
  EXPECT_EQ(stepping["mode"], "auto");
  EXPECT_EQ(stepping["steps_computed"], 100.0);
  EXPECT_EQ(stepping["steps_leapt"], 500.0);
  EXPECT_EQ(stepping["check"], (Json{{"networks", 64}, {"t", 4096.0}, {"largest_difference", 1e-13}}));
}

TEST(SummaryJson, StatesTheFitOfEachHorizonAndTheTimesToEachGap) {
  const Json cell = Json::parse(two_cells())["cells"][0];
  const Json& horizons = cell["rates"]["horizons"];
  ASSERT_EQ(horizons.size(), 2U);
  EXPECT_EQ(horizons[0]["t"], 1e6);
  EXPECT_EQ(horizons[1]["t"], 1e8);
  EXPECT_EQ(horizons[0]["best_fit"]["undefined"], 1);
  EXPECT_EQ(horizons[1]["best_fit"]["undefined"], 12);
  EXPECT_EQ(cell["rates"]["power_law_first_inverse_log_last"], 13);
  EXPECT_EQ(keys(cell["log10_t_eps"]), std::vector<std::string>{"0.10"}) << "as the user wrote it";
  EXPECT_EQ(cell["log10_t_eps"]["0.10"]["never_above"], 14);
  EXPECT_EQ(cell["log10_t_eps"]["0.10"]["never_within"], 15);
  EXPECT_EQ(cell["log10_t_eps"]["0.10"]["not_known"], 0);
  EXPECT_EQ(cell["log10_t_eps"]["0.10"]["max"], 17.0);
}

TEST(SummaryJson, StatesACell) {
  const Json cell = Json::parse(two_cells())["cells"][1];
  EXPECT_EQ(cell["init"], "he-normal");
  EXPECT_EQ(cell["data"], "+1,-1");
  EXPECT_EQ(cell["trials"], 5);
  EXPECT_EQ(cell["outcomes"], (Json{{"converging", 1},
                                    {"stuck", 2},
                                    {"transient", 3},
                                    {"diverged", 4},
                                    {"frozen", 5},
                                    {"dormant", 6},
                                    {"unresolved", 7}}));
  EXPECT_EQ(cell["dead_points"], (Json{{"0", 6}, {"1", 7}, {"2", 8}}));
  EXPECT_EQ(cell["rates"]["best_fit"],
            (Json{{"inverse_log", 9}, {"log_exponent", 10}, {"power_exponent", 11}, {"undefined", 12}}));
  EXPECT_EQ(cell["dip"]["margin_min"]["min"], 0.25);
  EXPECT_EQ(cell["dip"]["log10_t_min"]["count"], 0);
  ASSERT_EQ(cell["checkpoints"].size(), 2U);
}

TEST(SummaryJson, StatesACheckpoint) {
  const Json checkpoints = Json::parse(two_cells())["cells"][0]["checkpoints"];
  EXPECT_TRUE(checkpoints[0]["log10_t"].is_null());
  EXPECT_TRUE(checkpoints[0]["margin"]["q50"].is_null());
  EXPECT_EQ(checkpoints[1]["t"], 1000.0);
  EXPECT_EQ(checkpoints[1]["log10_t"], 3.0);
  EXPECT_EQ(checkpoints[1]["classified"], 4);
  EXPECT_EQ(checkpoints[1]["patterns"], Json::parse("[0,0,0,0,0,0,0,0,0,5,0,0,0,0,0,0]"));
  EXPECT_EQ(checkpoints[1]["gap"]["max"], 0.5);
  EXPECT_EQ(checkpoints[1]["gap_ln_t"]["max"], 0.5 * std::log(1000.0));
  EXPECT_EQ(checkpoints[1]["gap_ln_t"]["count"], 1);
  EXPECT_EQ(checkpoints[0]["gap_ln_t"]["count"], 0);
}

}  // namespace
}  // namespace logmargin::summary_json_test
