#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "host/plan/number.hpp"
#include "tests/program/csv_rows.hpp"
#include "tests/program/program.hpp"
#include "tests/support/fewer_under_sanitizers.hpp"

namespace logmargin::testing::late_gap_test {
namespace {

using Json = nlohmann::json;

Finished finished(const Arguments& arguments) {
  Finished run = run_logmargin(arguments);
  if (run.exit_status != 0) throw std::runtime_error(run.err);
  return run;
}

Json network_of(Arguments options) {
  options.insert(options.begin(), {"replay", "--format", "json"});
  return Json::parse(finished(options).out).at("network");
}

Json cell_of(Arguments options) {
  options.insert(options.begin(), {"sweep", "--json", "--quiet"});
  return Json::parse(finished(options).out).at("cells").at(0);
}

TEST(LateGap, AGapWithALimitAboveTheThresholdIsNeverWithin) {
  // The limit is gamma_star |r_1 - r_2|/(2 - r_1 - r_2) = 1.05 (0.05 - 0.1/2.21)/(2 + 0.05 + 0.1/2.21), and twice that.
  const Json near = network_of({"--data", "+1.1,-1", "--trial", "33", "--steps", "1e300"});
  EXPECT_NEAR(near.at("gap_limit").get<double>(), 0.00238, 1e-5);
  EXPECT_EQ(near.at("t_eps_status").at("0.001"), "never_within");
  EXPECT_TRUE(near.at("log10_t_eps").at("0.001").is_null());
  EXPECT_EQ(near.at("t_eps_status").at("0.01"), "reached");
  const Json far = network_of({"--data", "2,-1", "--bias", "matched", "--trial", "84"});
  EXPECT_NEAR(far.at("gap_limit").get<double>(), 1.0 / 6.0, 1e-15);
  EXPECT_EQ(far.at("t_eps_status").at("0.1"), "never_within");
  const std::string words =
      finished({"replay", "--data", "+1.1,-1", "--trial", "33", "--steps", "1e300", "--explain"}).out;
  EXPECT_NE(words.find("the gap never stays within 0.001"), std::string::npos) << words;
}

TEST(LateGap, EveryConvergingNetworkIsInOneOfFourPlaces) {
  for (const Arguments& options :
       {Arguments{"--data", "+1.1,-1", "--trials", "1000", "--steps", "1e4"},
        Arguments{"--data", "+4,-4", "--trials", "2000", "--steps", "1e6"},
        Arguments{"--data", "+2,+1", "--bias", "matched", "--trials", "300", "--steps", "1e4"},
        Arguments{"--optimizer", "ngd", "--trials", "100", "--steps", "1e3"}}) {
    const Json cell = cell_of(options);
    const auto converging = cell.at("outcomes").at("converging").get<std::uint64_t>();
    EXPECT_GT(converging, 0U);
    for (const auto& [threshold, time] : cell.at("log10_t_eps").items()) {
      std::uint64_t sum = 0;
      for (const char* name : {"count", "never_above", "never_within", "not_known"}) {
        sum += time.at(name).get<std::uint64_t>();
      }
      EXPECT_EQ(sum, converging) << options[1] << " eps " << threshold;
    }
  }
}

TEST(LateGap, AThresholdInPercentIsRelativeToTheLargestMargin) {
  // gamma_star is 2 in the first cell and 1 in the second.
  const Arguments options = {"sweep",    "--quiet", "--json",  "--data", "+2,-2;+1,-1",
                             "--trials", "300",     "--steps", "1e5"};
  const Json cells =
      Json::parse(finished(with_options(options, {"--eps", "10%,1%,0.2,0.02,0.1,0.01"})).out).at("cells");
  const std::vector<std::vector<std::pair<std::string, std::string>>> same = {{{"10%", "0.2"}, {"1%", "0.02"}},
                                                                              {{"10%", "0.1"}, {"1%", "0.01"}}};
  for (std::size_t cell = 0; cell < 2; ++cell) {
    const Json& times = cells.at(cell).at("log10_t_eps");
    for (const auto& [relative, absolute] : same[cell]) EXPECT_EQ(times.at(relative), times.at(absolute)) << relative;
    EXPECT_GT(times.at("10%").at("count"), 0);
  }
  const std::string table = finished({"sweep", "--eps", "5%", "--trials", "50", "--steps", "1000"}).out;
  EXPECT_NE(table.find("log10 t: gap <= 5%"), std::string::npos) << table;
  const std::string words =
      finished({"replay", "--theta", "2.9,0,-4.9,0", "--eps", "5%", "--steps", "1e6", "--explain"}).out;
  EXPECT_NE(words.find("the gap is within 5% of gamma* for good from t = "), std::string::npos) << words;
  for (const std::string bad : {"%", "0%", "-1%", "1%%", "1 %"}) {
    const Finished refused = run_logmargin({"sweep", "--eps=" + bad});
    EXPECT_EQ(refused.exit_status, 2) << bad;
    EXPECT_NE(refused.err.find("--eps: '" + bad + "' is not allowed"), std::string::npos) << refused.err;
  }
}

TEST(LateGap, TimesBeyondAnyRunAreKnown) {
  // Pre-activations of 602 and more move only after e^600 steps.
  const Json time = cell_of({"--data", "+4,-4", "--trials", "2000", "--steps", "1e6"}).at("log10_t_eps").at("0.1");
  EXPECT_EQ(time.at("not_known"), 0);
  EXPECT_NEAR(time.at("q50").get<double>(), 104.9, 0.05);
}

TEST(LateGap, QuantilesThatUnknownTimesReachAreLeftOut) {
  const Json time = cell_of({"--data", "+2,+1", "--bias", "matched", "--trials", "300", "--steps", "1e4"})
                        .at("log10_t_eps")
                        .at("0.1");
  EXPECT_GT(time.at("not_known"), 0);
  EXPECT_TRUE(time.at("q50").is_null());
  const std::string table =
      finished({"sweep", "--data", "+2,+1", "--bias", "matched", "--trials", "300", "--steps", "1e4"}).out;
  EXPECT_NE(table.find("steps to a gap: not known"), std::string::npos) << table;
}

TEST(LateGap, SameSideNetworksThatClassifyConverge) {
  const Json cell = cell_of({"--data", "+2,+1", "--bias", "matched", "--trials", "2000", "--steps", "1e4"});
  EXPECT_EQ(cell.at("outcomes").at("converging"), 391);
  EXPECT_LE(cell.at("outcomes").at("transient"), 1) << "misclassified still";
  // gap = C/(ln t + ln(eta/2) - ln(85/8)/2), C = ln(1.7)/4, whose product with ln t is 0.2427 there.
  EXPECT_NEAR(cell.at("gap_excess").at("q50").get<double>() * std::log(1e4), 0.2427, 0.002);
  EXPECT_NEAR(cell.at("rates").at("inverse_log").at("C_theory").at("q50").get<double>(), std::log(1.7) / 4.0, 3e-4);
}

TEST(LateGap, MarginOverTheLargestIsThatOfConvergingNetworks) {
  const Json cell =
      cell_of({"--data", "+1,-2", "--optimizer", "heavy-ball=0.9", "--eta", "1", "--trials", "300", "--steps", "1e5"});
  EXPECT_EQ(cell.at("margin_ratio").at("count"), cell.at("outcomes").at("converging"));
  EXPECT_NEAR(cell.at("margin_ratio").at("q50").get<double>(), 0.8195, 0.002);
}

TEST(LateGap, AVerdictNeedsNearlyAllNetworksOrSaysThatItIsTooEarly) {
  for (const Arguments& options :
       {Arguments{"--bias", "matched", "--trials", "400"},
        Arguments{"--optimizer", "heavy-ball=0.9", "--eta", "1", "--trials", "300", "--steps", "1e6"},
        Arguments{"--data", "+1.1,-1", "--trials", "1000", "--steps", "1e3"}}) {
    const Json theory = cell_of(options).at("theory");
    EXPECT_EQ(theory.at("verdict"), "too early to tell") << theory.dump();
    EXPECT_TRUE(theory.at("consistent").is_null());
    EXPECT_GT(theory.at("told_from_log10_t").get<double>(), 3.0);
  }
  const Json theory = cell_of({"--trials", "1000", "--steps", "1e100"}).at("theory");
  EXPECT_EQ(theory.at("verdict"), "consistent") << theory.dump();
}

TEST(LateGap, FitsAreOfTheRestWhereAGapRemains) {
  const Json rates =
      cell_of({"--data", "+2,-1", "--bias", "matched", "--trials", "500", "--steps", "1e100"}).at("rates");
  EXPECT_NEAR(rates.at("inverse_log").at("ratio").at("q50").get<double>(), 1.0, 0.02);
  EXPECT_NEAR(rates.at("log_exponent").at("q50").get<double>(), 1.0, 0.05);
}

TEST(LateGap, BestFitIsLeastSquaresInLnGap) {
  // Counted apart from the program, by least squares over the recorded t of the window.
  const Json best = cell_of({"--bias", "matched", "--trials", "400"}).at("rates").at("best_fit");
  EXPECT_EQ(best.at("inverse_log"), 48);
  EXPECT_EQ(best.at("log_exponent"), 39);
  EXPECT_EQ(best.at("power_exponent"), 22);
}

TEST(LateGap, OneNetworkWithoutAClosedFormEndsNoSweep) {
  const Json cell = cell_of(
      {"--trials", "827", "--steps", "1e16", "--record", "log=1", "--data=+2,-1", "--bias", "normal=1", "--eta", "1"});
  std::uint64_t sum = 0;
  for (const auto& [name, count] : cell.at("outcomes").items()) sum += count.get<std::uint64_t>();
  EXPECT_EQ(sum, 827U);
  EXPECT_EQ(cell.at("unresolved_log10_t").at("count"), cell.at("outcomes").at("unresolved"));
}

TEST(LateGap, ANetworkThatWakesAgainAndAgainHasAnEnd) {
  // Its dead point is lifted, fires for a few steps and dies again, by leaps that grow with t.
  for (const char* steps : under_sanitizers ? std::vector{"1e12"} : std::vector{"1e12", "1e300"}) {
    const std::string outcome =
        network_of({"--data", "2,1", "--bias", "matched", "--trial", "6", "--steps", steps, "--at", steps})
            .at("outcome");
    EXPECT_TRUE(outcome == "dormant" || outcome == "unresolved") << steps << ": " << outcome;
  }
}

TEST(LateGap, ReplayFollowsWhatTheSweepFollowed) {
  for (int trial = 0; trial < fewer_under_sanitizers(30); ++trial) {
    for (const char* record : {"log=1", "log=20"}) {
      const Finished run =
          run_logmargin({"replay", "--trial", std::to_string(trial), "--data=+1,-0.5", "--record", record});
      EXPECT_EQ(run.exit_status, 0) << trial << ' ' << record << ": " << run.err;
      const CsvTable table(run.out);
      for (std::size_t row = 0; row < table.rows(); ++row) {
        for (const char* name : {"z11", "z12", "z21", "z22", "log10_loss"})
          EXPECT_NE(table.at(row, name), "nan") << trial;
      }
    }
  }
}

TEST(LateGap, ReplayOfAChaoticNetworkPrintsTheDigitsThatItHas) {
  const Finished run = finished({"replay", "--optimizer", "ngd", "--data", "1.5,-0.5", "--eta", "4", "--bias",
                                 "matched", "--trial", "8", "--at", "0,10,150"});
  EXPECT_NE(run.err.find("chaotic"), std::string::npos) << run.err;
  const CsvTable table(run.out);
  EXPECT_GT(table.at(0, "z11").size(), 10U) << table.at(0, "z11");
  // A change of 2e-16 has eaten what is left of sixteen digits.
  EXPECT_LT(table.at(2, "z11").size(), 8U) << table.at(2, "z11");
}

TEST(LateGap, DormantNetworksAreToldFromStuckOnes) {
  const std::string words =
      finished({"replay", "--data", "2,-1", "--bias", "matched", "--trial", "139", "--steps", "1000", "--explain"}).out;
  EXPECT_NE(words.find("it is dormant"), std::string::npos) << words;
  EXPECT_NE(finished({"replay", "--data", "2,-1", "--bias", "matched", "--trial", "139", "--explain"})
                .out.find("t = 47739: neuron 2 starts to fire at point 2"),
            std::string::npos);
}

}  // namespace
}  // namespace logmargin::testing::late_gap_test
