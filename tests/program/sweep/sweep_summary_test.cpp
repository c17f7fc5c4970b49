#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "host/cli/option_table.hpp"
#include "tests/program/program.hpp"

namespace logmargin::testing::sweep_summary_test {
namespace {

using Json = nlohmann::json;

/// Three cells, of which one is coupled and one diverges, with trials that get stuck.
const Arguments sweep = {"sweep",    "--json",
                         "--trials", "701",
                         "--steps",  "2000",
                         "--seed",   "12345678901234567890",
                         "--data",   "+1,-1;2,0.5;1e150,-1"};

std::string summary_text() {
  const Finished finished = run_logmargin(sweep);
  if (finished.exit_status != 0) throw std::runtime_error(finished.err);
  return finished.out;
}

Json cells_of_sweep() {
  const Json json = Json::parse(summary_text());
  return json.at("cells");
}

void expect_keys(const Json& object, const std::vector<std::string>& keys) {
  for (const std::string& key : keys) EXPECT_TRUE(object.contains(key)) << key;
}

std::uint64_t sum(const Json& counts) {
  std::uint64_t total = 0;
  for (const Json& count : counts) {
    EXPECT_TRUE(count.is_number_unsigned()) << count;
    total += count.get<std::uint64_t>();
  }
  return total;
}

/// Q of interfaces.md: all null where there is nothing, else numbers in order.
void expect_quantiles(const Json& q, std::uint64_t most, const std::string& name) {
  const std::vector<std::string> rising = {"min", "q01", "q05", "q25", "q50", "q75", "q95", "q99", "max"};
  ASSERT_TRUE(q.is_object()) << name;
  expect_keys(q, {"count", "mean"});
  ASSERT_TRUE(q.at("count").is_number_unsigned()) << name;
  EXPECT_LE(q.at("count"), most) << name;
  const bool empty = q.at("count") == 0;
  for (const std::string& key : rising) {
    ASSERT_TRUE(q.contains(key)) << name << " " << key;
    ASSERT_TRUE(empty ? q.at(key).is_null() : q.at(key).is_number()) << name << " " << key;
  }
  ASSERT_EQ(q.at("mean").is_null(), empty) << name;
  if (empty) return;
  for (std::size_t i = 0; i + 1 < rising.size(); ++i) {
    EXPECT_LE(q.at(rising[i]).get<double>(), q.at(rising[i + 1]).get<double>()) << name << " " << rising[i];
  }
  EXPECT_LE(q.at("min").get<double>(), q.at("mean").get<double>()) << name;
  EXPECT_LE(q.at("mean").get<double>(), q.at("max").get<double>()) << name;
}

TEST(SweepSummary, HasTheDocumentedHead) {
  const Json json = Json::parse(summary_text());
  expect_keys(json, {"schema", "program", "config", "timing", "cells"});
  EXPECT_EQ(json.at("schema"), "logmargin.summary/1");
  expect_keys(json.at("program"), {"version", "device"});
  EXPECT_TRUE(json.at("timing").is_object());
  EXPECT_EQ(json.at("cells").size(), 3U);
}

TEST(SweepSummary, StatesEveryOptionAsUsed) {
  const Json config = Json::parse(summary_text()).at("config");
  // A run that was cut and continued, or put together from shards, has the summary of one that was not.
  const std::set<std::string_view> of_no_run = {"help", "config", "checkpoint-every", "resume", "max-time", "shard"};
  for (const OptionSpec& option : command_spec("sweep").options) {
    EXPECT_NE(of_no_run.contains(option.name), config.contains(option.name)) << option.name;
  }
  EXPECT_EQ(config.at("seed"), 12345678901234567890U);
  EXPECT_EQ(config.at("trials"), 701);
  EXPECT_EQ(config.at("steps"), 2000);
  EXPECT_EQ(config.at("data"), Json::parse(R"(["+1,-1","+2,+0.5","+1e+150,-1"])"));
  EXPECT_EQ(config.at("record"), "log=8");
  EXPECT_TRUE(config.at("out").is_null());
}

TEST(SweepSummary, HasNoNumberThatJsonLacks) {
  const std::string text = summary_text();
  for (const char* token : {"NaN", "nan", "Infinity", "inf,", "-inf", ":inf"}) {
    EXPECT_EQ(text.find(token), std::string::npos) << token;
  }
}

TEST(SweepSummary, CountsEveryTrialOnce) {
  const Json cells = cells_of_sweep();
  for (const Json& cell : cells) {
    EXPECT_EQ(cell.at("trials"), 701);
    expect_keys(cell.at("outcomes"),
                {"converging", "stuck", "transient", "diverged", "frozen", "dormant", "unresolved"});
    EXPECT_EQ(sum(cell.at("outcomes")), 701U);
    expect_keys(cell.at("dead_points"), {"0", "1", "2"});
    EXPECT_EQ(sum(cell.at("dead_points")), 701U);
    const Json& best_fit = cell.at("rates").at("best_fit");
    expect_keys(best_fit, {"inverse_log", "log_exponent", "power_exponent", "undefined"});
    EXPECT_EQ(sum(best_fit), cell.at("outcomes").at("converging"));
  }
}

TEST(SweepSummary, RecordsEveryCheckpoint) {
  const Json cells = cells_of_sweep();
  for (const Json& cell : cells) {
    const Json& checkpoints = cell.at("checkpoints");
    EXPECT_EQ(checkpoints.front().at("t"), 0);
    EXPECT_TRUE(checkpoints.front().at("log10_t").is_null());
    EXPECT_EQ(checkpoints.back().at("t"), 2000);
    double previous = -1.0;
    for (const Json& checkpoint : checkpoints) {
      EXPECT_GT(checkpoint.at("t").get<double>(), previous);
      previous = checkpoint.at("t");
      const Json& log10_t = checkpoint.at("log10_t");
      ASSERT_EQ(log10_t.is_null(), previous == 0.0);
      if (previous > 0.0) {
        EXPECT_NEAR(log10_t.get<double>(), std::log10(previous), 1e-14);
      }
      ASSERT_EQ(checkpoint.at("patterns").size(), 16U);
      EXPECT_EQ(sum(checkpoint.at("patterns")), 701U);
      ASSERT_TRUE(checkpoint.at("classified").is_number_unsigned());
      const std::uint64_t classified = checkpoint.at("classified");
      EXPECT_LE(classified, 701U);
      expect_quantiles(checkpoint.at("margin"), classified, "margin");
      expect_quantiles(checkpoint.at("gap"), classified, "gap");
      expect_quantiles(checkpoint.at("log10_loss"), 701, "log10_loss");
    }
  }
}

TEST(SweepSummary, StatesDipAndRatesOfTheConverging) {
  const Json cells = cells_of_sweep();
  for (const Json& cell : cells) {
    expect_keys(cell, {"init", "bias", "eta", "optimizer", "loss", "dim", "data"});
    const std::uint64_t converging = cell.at("outcomes").at("converging");
    expect_quantiles(cell.at("dip").at("margin_min"), converging, "dip");
    expect_quantiles(cell.at("dip").at("log10_t_min"), converging, "dip t");
    const Json& rates = cell.at("rates");
    for (const char* name : {"C", "C_theory", "ratio", "r2"}) {
      expect_quantiles(rates.at("inverse_log").at(name), converging, name);
    }
    expect_quantiles(rates.at("log_exponent"), converging, "p");
    expect_quantiles(rates.at("power_exponent"), converging, "q");
  }
}

TEST(SweepSummary, CoversCellsOfEveryKind) {
  const Json cells = cells_of_sweep();
  EXPECT_GT(cells[0].at("outcomes").at("converging"), 100);
  EXPECT_GT(cells[0].at("outcomes").at("stuck"), 100);
  EXPECT_GT(cells[0].at("rates").at("inverse_log").at("C").at("count"), 100);
  EXPECT_EQ(cells[1].at("data"), "+2,+0.5");
  EXPECT_GT(cells[2].at("outcomes").at("diverged"), 0);
}

TEST(SweepSummary, MatchesTheClosedFormOfTheLimit) {
  const Finished finished = run_logmargin({"sweep", "--json", "--trials", "500", "--steps", "1e5"});
  const Json cell = Json::parse(finished.out).at("cells").at(0);
  const Json& rates = cell.at("rates").at("inverse_log");
  EXPECT_EQ(rates.at("C_theory").at("count"), cell.at("outcomes").at("converging"));
  // The fit of 1/gap on ln t approaches the limit from above, slowly.
  EXPECT_GT(rates.at("ratio").at("q50"), 1.0);
  EXPECT_LT(rates.at("ratio").at("q50"), 1.35);
}

}  // namespace
}  // namespace logmargin::testing::sweep_summary_test
