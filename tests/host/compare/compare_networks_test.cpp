#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "tests/host/compare/compared_runs.hpp"
#include "tests/support/trials_reader.hpp"

namespace logmargin::testing::compare_networks_test {
namespace {

using Json = nlohmann::json;

TrialsReader reader(const ComparedRuns& runs, const std::string& name) {
  return TrialsReader(runs.scratch() / name / "trials.h5");
}

/// The order statistic of a rank, counted from 1.
double of_rank(std::vector<double> values, double rank) {
  std::sort(values.begin(), values.end());
  return values.at(static_cast<std::size_t>(rank) - 1);
}

/// Close to within the bins of 0.2 %.
void expect_close(const Json& found, double expected, const std::string& what) {
  EXPECT_NEAR(found.get<double>(), expected, 0.0041 * std::abs(expected) + 1e-300) << what;
}

void expect_differences(const Json& networks, const std::vector<double>& a, const std::vector<double>& b,
                        const std::string& name) {
  std::uint64_t smaller = 0;
  std::uint64_t equal = 0;
  std::uint64_t larger = 0;
  std::vector<double> differences;
  for (std::size_t i = 0; i < a.size(); ++i) {
    smaller += b[i] < a[i] ? 1 : 0;
    equal += b[i] == a[i] ? 1 : 0;
    larger += b[i] > a[i] ? 1 : 0;
    if (std::isfinite(a[i]) && std::isfinite(b[i])) differences.push_back(b[i] - a[i]);
  }
  EXPECT_EQ(networks.at("smaller_in_b"), smaller) << name;
  EXPECT_EQ(networks.at("equal"), equal) << name;
  EXPECT_EQ(networks.at("larger_in_b"), larger) << name;
  EXPECT_EQ(networks.at("count"), smaller + equal + larger) << name;
  EXPECT_DOUBLE_EQ(networks.at("share_smaller_in_b"),
                   static_cast<double>(smaller) / static_cast<double>(smaller + equal + larger));
  ASSERT_GT(differences.size(), 50U) << name;
  const auto n = static_cast<double>(differences.size());
  const Json& quantiles = networks.at("difference");
  EXPECT_EQ(quantiles.at("count"), differences.size()) << name;
  EXPECT_EQ(quantiles.at("min"), of_rank(differences, 1)) << name;
  EXPECT_EQ(quantiles.at("max"), of_rank(differences, n)) << name;
  expect_close(quantiles.at("q05"), of_rank(differences, std::ceil(0.05 * n)), name);
  expect_close(quantiles.at("q50"), of_rank(differences, std::ceil(0.5 * n)), name);
  expect_close(quantiles.at("q95"), of_rank(differences, std::ceil(0.95 * n)), name);
  const double rank = std::floor(0.5 * n - 0.98 * std::sqrt(n));
  expect_close(networks.at("interval_of_median")[0], of_rank(differences, rank), name);
  expect_close(networks.at("interval_of_median")[1], of_rank(differences, n + 1 - rank), name);
}

TEST(CompareNetworks, ArePairedAsTheirRowsSay) {
  const ComparedRuns runs;
  // The larger step changes what becomes of some networks.
  runs.sweep("a", {"--trials-out", "--trials", "2000", "--bias", "normal=1", "--eta", "0.1", "--data", "+2,-2"});
  runs.sweep("b", {"--trials-out", "--trials", "2000", "--bias", "normal=1", "--eta", "5", "--data", "+2,-2"});
  const Json json = runs.json("a", "b");
  const Json& cell = json.at("cells").at(0);
  EXPECT_EQ(cell.at("paired_networks"), 2000);
  EXPECT_TRUE(cell.at("shares_are_paired"));
  EXPECT_EQ(cell.at("not_paired"), nullptr);
  const TrialsReader a = reader(runs, "a");
  const TrialsReader b = reader(runs, "b");
  const std::vector<std::string> in_a = a.categories("cell_000000/outcome");
  const std::vector<std::string> in_b = b.categories("cell_000000/outcome");
  std::map<std::pair<std::string, std::string>, std::uint64_t> table;
  for (std::size_t i = 0; i < in_a.size(); ++i) ++table[{in_a[i], in_b[i]}];
  std::uint64_t changed = 0;
  for (const auto& [outcomes, networks] : table) changed += outcomes.first != outcomes.second ? networks : 0;
  ASSERT_GT(changed, 50U) << "there is something to see";
  std::size_t entries = 0;
  for (const Json& entry : cell.at("outcomes_of_networks")) {
    ++entries;
    EXPECT_EQ(entry.at("networks"), (table[{entry.at("a"), entry.at("b")}])) << entry;
  }
  EXPECT_EQ(entries, table.size());
  EXPECT_NE(runs.table("a", "b").find("another outcome in B: " + std::to_string(changed) + " of 2000 networks\n"),
            std::string::npos);
  for (const std::string outcome : {"converging", "stuck"}) {
    double sum = 0.0;
    double squares = 0.0;
    for (std::size_t i = 0; i < in_a.size(); ++i) {
      const double change = (in_b[i] == outcome ? 1.0 : 0.0) - (in_a[i] == outcome ? 1.0 : 0.0);
      sum += change;
      squares += change * change;
    }
    const Json& share = cell.at("outcomes").at(outcome);
    EXPECT_NEAR(share.at("difference"), sum / 2000.0, 1e-12);
    EXPECT_NEAR(share.at("standard_error"), std::sqrt(squares - sum * sum / 2000.0) / 2000.0, 1e-12);
    // Within some per cent of the plain interval, as so many networks changed.
    const double half = 0.5 * (share.at("interval")[1].get<double>() - share.at("interval")[0].get<double>());
    EXPECT_NEAR(half, 1.96 * share.at("standard_error").get<double>(), 0.1 * half);
  }
  for (const auto& [name, quantity] : cell.at("quantities").items()) {
    if (name == "dip_log10_t_min") continue;
    expect_differences(quantity.at("networks"), a.numbers("cell_000000/" + name), b.numbers("cell_000000/" + name),
                       name);
    EXPECT_EQ(quantity.at("interval_of_median"), nullptr) << "the samples are not independent";
  }
}

/// The README's commands, and the output that it shows below them.
TEST(CompareNetworks, PrintWhatTheReadmeShows) {
  const ComparedRuns runs;
  const std::string readme = contents(LOGMARGIN_README);
  const auto sweep = [&](const std::string& eta) {
    const std::string name = "results/eta-" + eta;
    EXPECT_NE(readme.find("./build/logmargin sweep --trials 2000 --bias matched --data \"+2,-2\" --eta " + eta +
                          " --eps 0.01 --trials-out --out " + name + " --force\n"),
              std::string::npos);
    runs.sweep(name, {"--trials", "2000", "--bias", "matched", "--data", "+2,-2", "--eta", eta, "--eps", "0.01",
                      "--steps", "1e6", "--trials-out"});
  };
  std::filesystem::create_directory(runs.scratch() / "results");
  sweep("0.1");
  sweep("1");
  const std::string table = runs.table("results/eta-0.1", "results/eta-1");
  EXPECT_NE(readme.find("```\n" + table + "```\n"), std::string::npos) << table;
}

TEST(CompareNetworks, TheSameFolderDiffersInNoNetwork) {
  const ComparedRuns runs;
  runs.sweep("a", {"--trials-out", "--eta", "0.1,0.3"});
  const Json json = runs.json("a", "a");
  EXPECT_TRUE(json.at("same"));
  for (const Json& cell : json.at("cells")) {
    for (const Json& quantity : cell.at("quantities")) {
      const Json& networks = quantity.at("networks");
      EXPECT_EQ(networks.at("equal"), networks.at("count"));
      EXPECT_EQ(networks.at("difference").at("min"), 0.0);
      EXPECT_EQ(networks.at("difference").at("max"), 0.0);
      EXPECT_EQ(networks.at("difference").at("q05"), 0.0);
    }
  }
  EXPECT_NE(
      runs.table("a", "a").find("the results are the same: no share, quantile or count of 2 cells differs,\nnor any "
                                "network\n"),
      std::string::npos);
}

TEST(CompareNetworks, OtherSeedsAreTwoSamples) {
  const ComparedRuns runs;
  runs.sweep("a", {"--trials-out", "--trials", "1000"});
  runs.sweep("b", {"--trials-out", "--trials", "500", "--seed", "3"});
  const Json cell = runs.json("a", "b").at("cells")[0];
  EXPECT_EQ(cell.at("not_paired"), "their seeds differ");
  // The square root of the sum of squares of the distances to the order statistics around each median.
  const auto finite = [](const std::vector<double>& values) {
    std::vector<double> kept;
    std::copy_if(values.begin(), values.end(), std::back_inserter(kept), [](double x) { return std::isfinite(x); });
    return kept;
  };
  const std::vector<double> a = finite(reader(runs, "a").numbers("cell_000000/gap"));
  const std::vector<double> b = finite(reader(runs, "b").numbers("cell_000000/gap"));
  const auto limit = [](const std::vector<double>& values, bool upper) {
    const auto n = static_cast<double>(values.size());
    const double rank = std::floor(0.5 * n - 0.98 * std::sqrt(n));
    return of_rank(values, upper ? n + 1 - rank : rank);
  };
  const auto median = [](const std::vector<double>& values) {
    return of_rank(values, std::ceil(0.5 * static_cast<double>(values.size())));
  };
  const double difference = median(b) - median(a);
  const double down = std::hypot(median(b) - limit(b, false), limit(a, true) - median(a));
  const double up = std::hypot(limit(b, true) - median(b), median(a) - limit(a, false));
  const Json& gap = cell.at("quantities").at("gap");
  const double close = gap.at("resolution").get<double>() * 2.5;
  EXPECT_NEAR(gap.at("resolution"), 0.002 * (median(a) + median(b)), 0.01 * close);
  EXPECT_NEAR(gap.at("difference").at("q50"), difference, close);
  EXPECT_NEAR(gap.at("interval_of_median")[0], difference - down, close);
  EXPECT_NEAR(gap.at("interval_of_median")[1], difference + up, close);
  EXPECT_GT(up, 20.0 * close) << "or bins could hide a wrong interval";
}

TEST(CompareNetworks, PairsTheTrialsThatBothHave) {
  const ComparedRuns runs;
  runs.sweep("a", {"--trials-out", "--trials", "150"});
  runs.sweep("b", {"--trials-out", "--trials", "100", "--eta", "0.2"});
  const Json cell = runs.json("a", "b").at("cells")[0];
  EXPECT_EQ(cell.at("paired_networks"), 100);
  EXPECT_FALSE(cell.at("shares_are_paired"));
  EXPECT_NE(runs.table("a", "b").find("150 networks in A, 100 in B, 100 of them the same"), std::string::npos);
}

TEST(CompareNetworks, GivenWeightsAreTheSameByTheirNumbers) {
  const ComparedRuns runs;
  write_text(runs.scratch() / "one.csv", "w1,b1,w2,b2\n2.9,0,-4.9,0\n1.5,0.6,-0.8,0.9\n");
  write_text(runs.scratch() / "again.csv", "w1,b1,w2,b2\n2.9,0,-4.9,0\n1.5,0.6,-0.8,0.9\n");
  write_text(runs.scratch() / "other.csv", "w1,b1,w2,b2\n2.9,0,-4.9,0\n1.5,0.7,-0.8,0.9\n");
  const auto sweep = [&](const std::string& name, const std::string& file) {
    runs.sweep(name, {"--trials-out", "--trials", "2", "--theta", file, "--eta", name == "a" ? "0.1" : "0.2"});
  };
  sweep("a", "one.csv");
  sweep("b", "again.csv");
  EXPECT_EQ(runs.json("a", "b").at("cells")[0].at("paired_networks"), 2);
  sweep("b", "other.csv");
  EXPECT_EQ(runs.json("a", "b").at("cells")[0].at("not_paired"), "their given weights differ");
}

/// In one dimension weights do not depend on the data, in more they are given along the line through the points.
TEST(CompareNetworks, OtherDataDoNotPart) {
  const ComparedRuns runs;
  for (const std::string dim : {"1", "2"}) {
    runs.sweep("a", {"--trials-out", "--dim", dim});
    runs.sweep("b", {"--trials-out", "--dim", dim, "--data", dim == "1" ? "+2,-1" : "(1,1),(-1,0)"});
    EXPECT_EQ(runs.json("a", "b").at("cells")[0].at("paired_networks"), 300) << dim;
  }
}

TEST(CompareNetworks, ATrialsFileOfAnotherRunIsNotUsed) {
  const ComparedRuns runs;
  runs.sweep("a", {"--trials-out"});
  runs.sweep("b", {"--trials-out", "--eta", "0.2"});
  std::filesystem::copy_file(runs.scratch() / "a/trials.h5", runs.scratch() / "b/trials.h5",
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(runs.json("a", "b").at("cells")[0].at("not_paired"), "the trials.h5 of B is of another run");
}

TEST(CompareNetworks, ABrokenTrialsFileIsAnError) {
  const ComparedRuns runs;
  runs.sweep("a", {"--trials-out"});
  const std::string whole = contents(runs.scratch() / "a/trials.h5");
  for (const std::string& bytes : {std::string("no HDF5"), whole.substr(0, whole.size() / 2), std::string()}) {
    write_text(runs.scratch() / "a/trials.h5", bytes);
    const Finished finished = runs.compare({"a", "a"});
    EXPECT_EQ(finished.exit_status, 3);
    EXPECT_EQ(lines_of(finished.err).size(), 1U) << finished.err;
    EXPECT_NE(finished.err.find("'a/trials.h5' is not a whole trials.h5: "), std::string::npos) << finished.err;
  }
  std::filesystem::remove(runs.scratch() / "a/trials.h5");
  std::filesystem::create_directory(runs.scratch() / "a/trials.h5");
  EXPECT_NE(runs.compare({"a", "a"}).err.find("it is not a regular file"), std::string::npos);
}

TEST(CompareNetworks, MemoryDoesNotGrowWithTrials) {
  if (LOGMARGIN_PROGRAM_IS_SANITIZED) GTEST_SKIP() << "the address sanitizer keeps freed memory";
  const ComparedRuns runs;
  for (const std::string name : {"a", "b"}) {
    runs.sweep(name, {"--trials-out", "--trials", "3e5", "--steps", "10", "--record", "0", "--eps", "0.1", "--eta",
                      name == "a" ? "0.1" : "0.2"});
  }
  const Finished finished = runs.compare({"a", "b"});
  EXPECT_EQ(finished.exit_status, 0) << finished.err;
  // One column of both would be 5 MB, all that are read 65 MB.
  EXPECT_LT(finished.peak_memory_kib, 32 * 1024);
}

}  // namespace
}  // namespace logmargin::testing::compare_networks_test
