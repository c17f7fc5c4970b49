#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/csv_rows.hpp"
#include "tests/program/program.hpp"

namespace logmargin::testing::chosen_statistics_test {
namespace {

using Json = nlohmann::json;

struct Swept {
  explicit Swept(const Arguments& options) {
    const Finished finished =
        run_logmargin(with_options({"sweep", "--quiet", "--trials", "300", "--steps", "1000", "--bias", "matched",
                                    "--eta", "0.1,0.5", "--out", (scratch / "out").string()},
                                   options));
    if (finished.exit_status != 0) throw std::runtime_error(finished.err);
  }
  std::string bytes(const char* name) const { return contents(scratch / "out" / name); }
  Json summary() const { return Json::parse(bytes("summary.json")); }

  ScratchFolder scratch;
};

/// The words of --statistics with the start of their columns in trajectory.csv.
const std::vector<std::pair<std::string, std::string>> words = {{"margin", "margin_"},
                                                                {"gap", "gap_"},
                                                                {"loss", "log10_loss_"},
                                                                {"exponent", "local_log_exponent_"},
                                                                {"pattern", "pattern_"}};

TEST(ChosenStatistics, AreThoseOfAllAndTheRestIsEmpty) {
  const Swept all({});
  const CsvTable whole(all.bytes("trajectory.csv"));
  for (const std::string device : {"cpu", "cpu:scalar", "reference"}) {
    for (const std::string chosen : {"gap", "pattern", "margin,exponent", "loss,gap,pattern"}) {
      const Swept some({"--statistics", chosen, "--device", device});
      EXPECT_EQ(some.bytes("cells.csv"), all.bytes("cells.csv")) << chosen;
      const CsvTable table(some.bytes("trajectory.csv"));
      ASSERT_EQ(table.rows(), whole.rows());
      for (std::size_t row = 0; row < table.rows(); ++row) {
        EXPECT_EQ(table.at(row, "classified"), whole.at(row, "classified"));
        for (const auto& [word, start] : words) {
          const bool is_chosen = ("," + chosen + ",").find("," + word + ",") != std::string::npos;
          for (const std::string& end : word == "pattern" ? std::vector<std::string>{"0", "6", "9", "15"}
                                                          : std::vector<std::string>{"min", "q50", "max", "mean"}) {
            EXPECT_EQ(table.at(row, start + end), is_chosen ? whole.at(row, start + end) : "")
                << device << ": " << start + end << " with " << chosen << ", row " << row;
          }
        }
      }
      const Json cell = some.summary().at("cells").at(1);
      EXPECT_EQ(cell.at("checkpoints").at(2).at("patterns").is_null(), chosen.find("pattern") == std::string::npos);
      EXPECT_EQ(some.summary().at("config").at("statistics"),
                Json(chosen == "loss,gap,pattern" ? "gap,loss,pattern" : chosen));
    }
  }
}

/// What is left out is missing in shards and reports too, and nothing else.
TEST(ChosenStatistics, GoThroughShardsAndReports) {
  const Arguments options = {"--statistics", "gap"};
  const Swept whole(options);
  const Swept first(with_options(options, {"--shard", "0/2"}));
  const Swept second(with_options(options, {"--shard", "1/2"}));
  const Swept other({"--shard", "1/2"});
  const std::filesystem::path merged = whole.scratch / "merged";
  const auto merge = [&](const Swept& with) {
    return run_logmargin(
        {"merge", "--quiet", merged.string(), (first.scratch / "out").string(), (with.scratch / "out").string()});
  };
  const Finished refused = merge(other);
  EXPECT_EQ(refused.exit_status, 2);
  EXPECT_NE(refused.err.find("--statistics is gap there and null here"), std::string::npos) << refused.err;
  ASSERT_EQ(merge(second).exit_status, 0);
  EXPECT_EQ(contents(merged / "trajectory.csv"), whole.bytes("trajectory.csv"));
  for (const std::string chosen : {"gap", "pattern", "exponent", "margin"}) {
    const Swept some({"--statistics", chosen});
    const std::string page = some.bytes("report.html");
    EXPECT_NE(page.find("</html>"), std::string::npos) << chosen;
    const Finished again = run_logmargin({"report", (some.scratch / "out").string()});
    EXPECT_EQ(again.exit_status, 0) << chosen << again.err;
  }
}

TEST(ChosenStatistics, OtherWordsAreRefused) {
  for (const char* text : {"", "gaps", "gap,,loss", "all,gap"}) {
    const Finished finished = run_logmargin({"sweep", "--trials", "10", std::string("--statistics=") + text});
    EXPECT_EQ(finished.exit_status, 2) << text;
    EXPECT_NE(finished.err.find("--statistics: '"), std::string::npos) << finished.err;
    EXPECT_NE(finished.err.find("all is allowed, or a comma list of margin, gap, loss, exponent, pattern"),
              std::string::npos)
        << finished.err;
    EXPECT_EQ(finished.out, "");
  }
}

}  // namespace
}  // namespace logmargin::testing::chosen_statistics_test
