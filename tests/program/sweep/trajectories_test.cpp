#include <gtest/gtest.h>

#include <algorithm>
#include <bitset>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/program/sweep/sweep_run.hpp"

namespace logmargin::testing::trajectories_test {
namespace {

using Json = nlohmann::json;

struct Folder : SweepRun {
  using SweepRun::SweepRun;
  std::string bytes() const { return SweepRun::bytes("trajectories.h5"); }
  TrialsReader reader() const { return SweepRun::reader("trajectories.h5"); }
};

/// Leaps, steps, data in space, a flow, pairs of floats; the third takes several passes over its recorded t, and the
/// fourth, with one thread, a single network a batch.
const std::vector<Arguments> sweeps = {
    {"--trials", "203", "--steps", "1e300", "--record", "log=1", "--bias", "matched", "--data", "+1,-1;+2,-1"},
    {"--trials", "70", "--steps", "300", "--data", "(1,0.2),(-1,0.1)", "--optimizer", "gd,flow,heavy-ball=0.9"},
    {"--trials", "40", "--steps", "1800", "--record", "every=1", "--stepping", "lockstep"},
    {"--trials", "2", "--steps", "60000", "--record", "every=1"},
    {"--trials", "100", "--steps", "1000", "--precision", "mixed", "--init", "pytorch,uniform=2"},
};

TEST(Trajectories, HaveTheSameBytesWhateverTheThreadsAndLanes) {
  for (const Arguments& sweep : sweeps) {
    const Arguments options = with_options(sweep, {"--trajectories"});
    const std::string expected = Folder(with_options(options, {"--threads", "1"})).bytes();
    unsigned threads = 1;
    for (const std::string& device : cpu_devices()) {
      const Arguments how = {"--device", device, "--threads", std::to_string(++threads)};
      EXPECT_TRUE(Folder(with_options(options, how)).bytes() == expected)
          << ::testing::PrintToString(with_options(sweep, how));
    }
    EXPECT_TRUE(Folder(with_options(options, {"--device", "reference"})).bytes() == expected)
        << ::testing::PrintToString(sweep);
  }
}

/// JSON has no NaN.
double number_of(const Json& json) { return json.is_null() ? std::nan("") : json.get<double>(); }

TEST(Trajectories, HoldWhatReplayShows) {
  const Arguments options = {"--bias", "normal=0.7", "--data", "1.5,-0.4", "--record", "0,1,7,100,2000,1e5"};
  const Folder folder(with_options(options, {"--trials", "40", "--steps", "1e5", "--trajectories", "all"}));
  const TrialsReader reader = folder.reader();
  const std::vector<double> times = {0, 1, 7, 100, 2000, 1e5};
  EXPECT_EQ(reader.numbers("cell_000000/t"), times);
  std::map<std::string, std::vector<double>> found;
  for (const std::string& name : reader.names("cell_000000")) found[name] = reader.numbers("cell_000000/" + name);
  ASSERT_EQ(found.at("trial").size(), 40U);
  std::size_t misclassified = 0;
  for (std::size_t trial = 0; trial < 40; ++trial) {
    EXPECT_EQ(found.at("trial")[trial], static_cast<double>(trial));
    const Finished replayed = run_logmargin(
        with_options({"replay", "--trial", std::to_string(trial), "--steps", "1e5", "--format", "json"}, options));
    ASSERT_EQ(replayed.exit_status, 0) << replayed.err;
    const Json rows = Json::parse(replayed.out).at("rows");
    ASSERT_EQ(rows.size(), times.size());
    for (std::size_t r = 0; r < times.size(); ++r) {
      const std::size_t at = trial * times.size() + r;
      for (const char* name : {"z11", "z12", "z21", "z22", "log10_loss"}) {
        EXPECT_EQ(found.at(name)[at], number_of(rows[r].at(name))) << name << " of " << trial << " at " << times[r];
      }
      std::string pattern = std::bitset<4>(static_cast<unsigned>(found.at("pattern")[at])).to_string();
      std::reverse(pattern.begin(), pattern.end());
      EXPECT_EQ(pattern, rows[r].at("pattern").get<std::string>());
      const bool classified = rows[r].at("classified") == 1;
      EXPECT_EQ(found.at("classified")[at], classified ? 1.0 : 0.0);
      misclassified += classified ? 0 : 1;
      for (const char* name : {"gap", "margin"}) {
        EXPECT_EQ(std::isnan(found.at(name)[at]), !classified) << name << " of " << trial << " at " << times[r];
        if (classified) {
          EXPECT_EQ(found.at(name)[at], number_of(rows[r].at(name)));
        }
      }
    }
  }
  EXPECT_GT(misclassified, 10U);
  EXPECT_LT(misclassified, 200U);
}

TEST(Trajectories, HaveTheChosenColumnsAndNamedAxes) {
  const Folder folder({"--trials", "3000", "--steps", "50", "--eta", "0.1,0.2", "--record", "every=1", "--trajectories",
                       "pattern,gap"});
  const TrialsReader reader = folder.reader();
  EXPECT_EQ(reader.names(), (std::vector<std::string>{"cell_000000", "cell_000001"}));
  for (const std::string cell : {"cell_000000/", "cell_000001/"}) {
    EXPECT_EQ(reader.names(cell), (std::vector<std::string>{"trial", "t", "gap", "pattern"}));
    for (const char* column : {"gap", "pattern"}) {
      EXPECT_EQ(reader.scales(cell + column), (std::vector<std::string>{"trial", "t"}));
      EXPECT_TRUE(reader.compressed(cell + column));
      EXPECT_EQ(reader.numbers(cell + column).size(), 3000U * 51U);
      EXPECT_NE(reader.text(cell + column, "description"), "");
    }
  }
  const Folder listed({"--trials", "30", "--steps", "50", "--trials-out"});
  const TrialsReader trials = listed.SweepRun::reader("trials.h5");
  for (const char* column : {"gap", "outcome", "classified"}) {
    EXPECT_EQ(trials.scales(std::string("cell_000000/") + column), std::vector<std::string>{"trial"});
  }
  const std::vector<double> gaps = trials.numbers("cell_000000/gap");
  const std::vector<double> classified = trials.numbers("cell_000000/classified");
  for (std::size_t i = 0; i < gaps.size(); ++i) EXPECT_EQ(classified[i], std::isnan(gaps[i]) ? 0.0 : 1.0);
}

TEST(Trajectories, AreRepeatedFromASummaryWhereThereIsAPlaceForThem) {
  const Folder folder({"--trials", "20", "--steps", "100", "--trajectories", "z,margin"});
  const std::string summary = (folder.scratch / "out/summary.json").string();
  const std::filesystem::path again = folder.scratch / "again";
  const Finished repeated = run_logmargin({"sweep", "--config", summary, "--quiet", "--out", again.string()});
  ASSERT_EQ(repeated.exit_status, 0) << repeated.err;
  EXPECT_TRUE(contents(again / "trajectories.h5") == folder.bytes());
  EXPECT_EQ(run_logmargin({"sweep", "--config", summary, "--quiet"}).exit_status, 0);
  // A later run of the folder without them takes them away.
  ASSERT_EQ(run_logmargin({"sweep", "--trials", "20", "--steps", "100", "--quiet", "--force", "--out", again.string()})
                .exit_status,
            0);
  EXPECT_FALSE(std::filesystem::exists(again / "trajectories.h5"));
}

TEST(Trajectories, SayTheirSizeAndAskBeforeTheyAreLarge) {
  const ScratchFolder scratch;
  const Arguments sweep = {"sweep", "--trials", "100", "--steps", "10", "--record", "0,10", "--trajectories", "gap"};
  const Finished small = run_logmargin(with_options(sweep, {"--out", (scratch / "small").string()}));
  EXPECT_EQ(small.exit_status, 0) << small.err;
  EXPECT_NE(small.err.find("--trajectories: 0.0016 MB before compression: 100 networks in 1 cell, 2 recorded "
                           "t, 8 bytes each"),
            std::string::npos)
      << small.err;
  const Finished large = run_logmargin({"sweep", "--trials", "1e9", "--steps", "10", "--record", "0,10",
                                        "--trajectories", "gap", "--out", (scratch / "large").string()});
  EXPECT_EQ(large.exit_status, 2);
  EXPECT_NE(large.err.find("16 GB before compression"), std::string::npos) << large.err;
  EXPECT_NE(large.err.find("with --force"), std::string::npos) << large.err;
  EXPECT_FALSE(std::filesystem::exists(scratch / "large"));
}

TEST(Trajectories, RefuseWhatIsNotAllowed) {
  const ScratchFolder scratch;
  const std::string out = (scratch / "out").string();
  const std::vector<std::pair<Arguments, std::string>> refused = {
      {{"--trajectories", "gaps", "--out", out}, "--trajectories: 'gaps' is not allowed; all is allowed, or"},
      {{"--trajectories=", "--out", out}, "--trajectories: '' is not allowed"},
      {{"--trajectories"}, "--trajectories: trajectories.h5 is written into the folder of --out DIR"},
  };
  for (const auto& [options, message] : refused) {
    const Finished finished = run_logmargin(with_options({"sweep", "--trials", "10", "--steps", "10"}, options));
    EXPECT_EQ(finished.exit_status, 2) << finished.err;
    EXPECT_NE(finished.err.find(message), std::string::npos) << finished.err;
    EXPECT_FALSE(std::filesystem::exists(out));
  }
}

}  // namespace
}  // namespace logmargin::testing::trajectories_test
