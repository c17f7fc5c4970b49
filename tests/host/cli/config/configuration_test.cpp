#include "host/cli/config/configuration.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/program.hpp"

namespace logmargin::testing::configuration_test {
namespace {

/// Runs where the file, and it alone, lies.
class ConfigurationTest : public ::testing::Test {
 protected:
  Finished run(const std::string& document, const Arguments& more = {}, const std::string& name = "c.toml") {
    write_text(scratch_ / name, document);
    Arguments arguments = {"sweep", "--config", name};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_logmargin(arguments, here());
  }

  Surroundings here() const {
    Surroundings surroundings;
    surroundings.working_folder = scratch_.path();
    return surroundings;
  }

  void expect_refusal(const Finished& finished, int exit_status, const std::string& start,
                      const std::vector<std::string>& parts = {"allowed"}) {
    EXPECT_EQ(finished.exit_status, exit_status) << start;
    EXPECT_EQ(finished.out, "") << start;
    EXPECT_EQ(lines_of(finished.err).size(), 1U) << finished.err;
    EXPECT_TRUE(finished.err.starts_with("logmargin: " + start)) << finished.err << "\nfor " << start;
    EXPECT_LT(finished.err.size(), 1000U);
    for (const std::string& part : parts) EXPECT_NE(finished.err.find(part), std::string::npos) << finished.err;
    for (const std::string& name : names_in(scratch_.path())) EXPECT_TRUE(name.starts_with("c.")) << name;
  }

  void expect_refused(const std::string& document, const std::string& start,
                      const std::vector<std::string>& parts = {"allowed"}, const std::string& name = "c.toml") {
    expect_refusal(run(document, {"--out", "out"}, name), 2, start, parts);
  }

  /// The config object of a short run's summary.
  nlohmann::json config_of(const std::string& document, Arguments more = {}) {
    more.insert(more.end(), {"--json", "--trials", "2"});
    const Finished finished = run(document, more);
    EXPECT_EQ(finished.exit_status, 0) << finished.err;
    return nlohmann::json::parse(finished.out).at("config");
  }

  ScratchFolder scratch_;
};

TEST_F(ConfigurationTest, EveryOptionByItsName) {
  const nlohmann::json config = config_of(
      "init = ['he-normal', 'uniform=0.5']\nbias = 'zero,matched'\neta = ['0.01:1:3log', 2, '3,4']\noptimizer = 'gd'\n"
      "loss = ['exp']\ndim = 1\ndata = ['+1,-1', '+2,-0.5;+3,-3']\nsteps = 1e2\nseed = '18446744073709551615'\n"
      "stepping = 'lockstep'\nrecord = [1, 10]\nprecision = 'double'\ndevice = 'cpu:scalar'\nthreads = 1\nforce = "
      "true\n"
      "quiet = true\n");
  EXPECT_EQ(config.at("init"), nlohmann::json::parse(R"(["he-normal","uniform=0.5"])"));
  EXPECT_EQ(config.at("bias"), nlohmann::json::parse(R"(["zero","matched"])"));
  EXPECT_EQ(config.at("eta").size(), 6U);
  EXPECT_EQ(config.at("data"), nlohmann::json::parse(R"(["+1,-1","+2,-0.5","+3,-3"])"));
  EXPECT_EQ(config.at("steps"), 100);
  EXPECT_EQ(config.at("seed"), 18446744073709551615U);
  EXPECT_EQ(config.at("stepping"), "lockstep");
  EXPECT_EQ(config.at("record"), "1,10");
  EXPECT_EQ(config.at("device"), "cpu:scalar");
  EXPECT_EQ(config.at("threads"), "1");
  EXPECT_EQ(config.at("force"), true);
  EXPECT_EQ(config.at("quiet"), true);
}

TEST_F(ConfigurationTest, DataOfVectors) {
  const nlohmann::json config =
      config_of("data = ['(1,0.5),(-1,2)', '1,-1']\ndim = [2, 10]\nsteps = 1e2\nstepping = 'lockstep'\nquiet = true\n");
  EXPECT_EQ(config.at("data"), nlohmann::json::array({"(1,0.5),(-1,2)", "+1,-1"}));
  EXPECT_EQ(config.at("dim"), nlohmann::json::parse("[2,10]"));
  expect_refused("data = ['(1,0.5),(-1,2)',\n '(1,0),(0)']\n", "c.toml:2:2: data: '(1,0),(0)' is not allowed");
}

TEST_F(ConfigurationTest, TheCommandLineWins) {
  const nlohmann::json config = config_of("eta = -1\nsteps = 1e2\ntrials = 5\n", {"--eta", "0.5", "--steps=7"});
  EXPECT_EQ(config.at("eta"), nlohmann::json::parse("[0.5]"));
  EXPECT_EQ(config.at("steps"), 7);
  EXPECT_EQ(config.at("trials"), 2);
}

TEST_F(ConfigurationTest, AnEmptyFileChangesNothing) {
  for (const char* document : {"", "\n\n", "# nothing\n", "\xef\xbb\xbf"}) {
    EXPECT_EQ(config_of(document, {"--steps", "5"}).at("eta"), nlohmann::json::parse("[0.1]"));
  }
}

TEST_F(ConfigurationTest, UnknownKeys) {
  expect_refused("\n trails = 5\n", "c.toml:2:2: trails: unknown key, did you mean trials?");
  expect_refused("--eta = 5\n", "c.toml:1:1: --eta: unknown key, did you mean eta?");
  expect_refused("temperature = 5\n", "c.toml:1:1: temperature: unknown key; ");
  expect_refused("[sweep]\neta = 1\n", "c.toml:1:2: sweep: unknown key");
  expect_refused("config = 'c.toml'\n", "c.toml:1:1: config: unknown key");
  expect_refused("help = true\n", "c.toml:1:1: help: unknown key");
  expect_refused("eta.x = 1\n", "c.toml:1:1: eta: a table is not allowed");
  expect_refused("{\"stesp\": 5}", "c.json:1:2: stesp: unknown key, did you mean steps?", {"allowed"}, "c.json");
}

TEST_F(ConfigurationTest, WrongTypes) {
  expect_refused("eta = true\n", "c.toml:1:7: eta: 'true' is not allowed; text or a number");
  expect_refused("trials = [5]\n", "c.toml:1:1: trials: an array is not allowed; one ");
  expect_refused("eta = []\n", "c.toml:1:1: eta: an array of nothing is not allowed");
  expect_refused("eta = [[1]]\n", "c.toml:1:8: eta: an array is not allowed");
  expect_refused("eta = 1979-05-27\n", "c.toml:1:7: eta: a date or time is not allowed");
  expect_refused("eta = [1, {a = 1}]\n", "c.toml:1:11: eta: a table is not allowed");
  expect_refused("quiet = 'yes'\n", "c.toml:1:9: quiet: 'yes' is not allowed; true or false");
  expect_refused("quiet = 1\n", "c.toml:1:9: quiet: '1' is not allowed; true or false");
  expect_refused("quiet = [true]\n", "c.toml:1:1: quiet: an array is not allowed; true or false");
  expect_refused("out = \"a\\u0000b\"\n", "c.toml:1:7: out: a text with a NUL");
  expect_refused("{\"eta\": [null]}", "c.json:1:10: eta: 'null' is not allowed", {"allowed"}, "c.json");
  expect_refused("format = true\n", "c.toml:1:10: format: 'true' is not allowed");
}

TEST_F(ConfigurationTest, WrongValuesHaveTheirPlace) {
  expect_refused("\n\neta = -1\n", "c.toml:3:7: eta: '-1' is not allowed; a number > 0");
  expect_refused("eta = [0.1,\n       -2]\n", "c.toml:2:8: eta: '-2' is not allowed");
  expect_refused("eta = ['1', '0.1,-2']\n", "c.toml:1:13: eta: '-2' is not allowed");
  expect_refused("eta = nan\n", "c.toml:1:7: eta: 'nan' is not allowed");
  expect_refused("init = ['he-normal', 'he']\n", "c.toml:1:22: init: 'he' is not allowed");
  expect_refused("init = 5\n", "c.toml:1:8: init: '5' is not allowed");
  expect_refused("trials = 1.5\n", "c.toml:1:10: trials: '1.5' is not allowed");
  expect_refused("data = ['1,-1', '2,2']\n", "c.toml:1:17: data: '2,2' is not allowed");
  expect_refused("data = [1, -1]\n", "c.toml:1:9: data: '1' is not allowed");
  expect_refused("steps = 10\nrecord = [1, 11]\n", "c.toml:2:14: record: '11' is not allowed");
  expect_refused("record = 'every=1'\nsteps = 1e12\n", "c.toml:1:10: record: 'every=1' is not allowed");
  expect_refused("device = 'gpu'\n", "c.toml:1:10: device: 'gpu' is not allowed");
  expect_refused("threads = 0\n", "c.toml:1:11: threads: '0' is not allowed");
  expect_refused("init = \"he\\nnormal\"\n", "c.toml:1:8: init: 'he\\x0anormal' is not allowed");
  expect_refused("init = '" + std::string(100000, 'x') + "'\n", "c.toml:1:8: init: 'xxx");
  expect_refused("{\"eta\":\n -1}", "c.json:2:2: eta: '-1' is not allowed", {"allowed"}, "c.json");
  expect_refusal(run("eta = 1\n", {"--eta", "-1"}), 2, "--eta: '-1' is not allowed");
  expect_refusal(run("out = 'c.toml'\ntrials = 2\nsteps = 2\n"), 2, "c.toml:1:7: out: 'c.toml' is not allowed");
}

TEST_F(ConfigurationTest, NotTomlAndNotJson) {
  expect_refused("eta = 1\neta = 2\n", "c.toml:2:7: 'eta = 2' is not TOML");
  expect_refused("eta = \xff\n", "c.toml:1:7: a character that is not ASCII is not allowed here");
  expect_refused("eta = 1\n", "c.json:1:", {"not JSON", "allowed"}, "c.json");
  expect_refused("", "c.json:1:1: not JSON", {"allowed"}, "c.json");
}

TEST_F(ConfigurationTest, FilesThatCannotBeRead) {
  const auto config = [&](const std::string& file) { return run_logmargin({"sweep", "--config", file}, here()); };
  expect_refusal(config("c.none"), 3, "--config: 'c.none' cannot be read: No such file", {});
  expect_refusal(config("."), 3, "--config: '.' cannot be read: Is a directory", {});
  expect_refusal(config("c.none/x"), 3, "--config: 'c.none/x' cannot be read", {});
  expect_refusal(config(""), 2, "--config: ''");
  expect_refusal(config("/dev/zero"), 2, "--config: '/dev/zero' is not allowed; at most 16 MiB");
  expect_refusal(run(std::string((16U << 20U) + 1, '\n')), 2, "--config: 'c.toml' is not allowed; at most 16 MiB");
  expect_refusal(run(std::string((16U << 20U) + 1, ' '), {}, "c.json"), 2,
                 "--config: 'c.json' is not allowed; at most");
  if (::geteuid() != 0) {
    write_text(scratch_ / "c.toml", "");
    ::chmod((scratch_ / "c.toml").c_str(), 0);
    expect_refusal(config("c.toml"), 3, "--config: 'c.toml' cannot be read: Permission denied", {});
  }
  expect_refusal(run_logmargin({"bench", "--config", "c.toml"}), 2, "--config: unknown option");
  expect_refusal(run_logmargin({"sweep", "--config"}), 2, "--config: a value is missing");
}

TEST_F(ConfigurationTest, AFileLargerThanThatIsASummaryWhereItsConfigComesFirst) {
  const Finished finished = run(
      "{\"config\":{\"steps\":3,\"trials\":2},\"cells\":[" + std::string(17U << 20U, ' ') + "]}", {"--json"}, "c.json");
  ASSERT_EQ(finished.exit_status, 0) << finished.err;
  EXPECT_EQ(nlohmann::json::parse(finished.out).at("config").at("steps"), 3);
}

TEST_F(ConfigurationTest, ASummaryGivesTheSameRun) {
  const Arguments first = {"sweep",
                           "--trials",
                           "60",
                           "--steps",
                           "200",
                           "--eta",
                           "0.01:1:3log",
                           "--init",
                           "he-normal,uniform=0.3",
                           "--bias",
                           "zero,normal=0.1",
                           "--data",
                           "+1,-1;+2,-0.5;+1e+100,-1",
                           "--seed",
                           "12345678901234567890",
                           "--record",
                           "3,7,50",
                           "--threads",
                           "1",
                           "--quiet",
                           "--out",
                           "first"};
  ASSERT_EQ(run_logmargin(first, here()).exit_status, 0);
  const auto summary = nlohmann::ordered_json::parse(contents(scratch_ / "first/summary.json"));
  write_text(scratch_ / "config.json", summary.at("config").dump(2));
  for (const std::string file : {"first/summary.json", "config.json"}) {
    const Finished again = run_logmargin({"sweep", "--config", file, "--out", "again", "--force"}, here());
    ASSERT_EQ(again.exit_status, 0) << again.err;
    EXPECT_NE(again.out, "") << "quiet is not a result's";
    for (const std::string name : {"cells.csv", "trajectory.csv"}) {
      EXPECT_EQ(contents(scratch_ / ("again/" + name)), contents(scratch_ / ("first/" + name))) << file << " " << name;
    }
    auto config = nlohmann::ordered_json::parse(contents(scratch_ / "again/summary.json")).at("config");
    config["out"] = "first";
    config["force"] = false;
    config["quiet"] = true;
    config["threads"] = summary.at("config").at("threads");
    EXPECT_EQ(config, summary.at("config")) << file;
  }
}

TEST_F(ConfigurationTest, ASummaryNeverLeadsBackIntoItsFolder) {
  ASSERT_EQ(run_logmargin({"sweep", "--trials", "5", "--steps", "5", "--out", "first", "--force"}, here()).exit_status,
            0);
  const std::string before = contents(scratch_ / "first/cells.csv");
  const Finished finished = run_logmargin({"sweep", "--config", "first/summary.json", "--trials", "6"}, here());
  EXPECT_EQ(finished.exit_status, 0) << finished.err;
  EXPECT_EQ(contents(scratch_ / "first/cells.csv"), before);
  EXPECT_NE(finished.out.find("nothing was written"), std::string::npos) << finished.out;
}

TEST_F(ConfigurationTest, NullIsWhatWasNotGiven) {
  const Finished finished = run(R"({"out": null, "eta": null, "trials": 2, "steps": 2})", {"--json"}, "c.json");
  ASSERT_EQ(finished.exit_status, 0) << finished.err;
  EXPECT_TRUE(nlohmann::json::parse(finished.out).at("config").at("out").is_null());
}

TEST_F(ConfigurationTest, RefusesEndlessDottedKeys) {
  std::string key;
  for (int part = 0; part < 50000; ++part) key += "a.";
  expect_refused("eta = 1\n" + key + "b = 1\n", "c.toml:2:22: a key has more than 10 dots", {"allowed"});
  expect_refused("eta = {" + key + "b = 1}\n", "c.toml:1:29: a key has more than 10 dots", {"allowed"});
  expect_refused("[" + key + "b]\n", "c.toml:1:23: a key has more than 10 dots", {"allowed"});
}

TEST_F(ConfigurationTest, SweepAndReplayShareAFile) {
  write_text(scratch_ / "c.toml",
             "eta = 0.25\ntrials = 8\nsteps = 20\nquiet = true\ntrial = 3\nformat = 'json'\nat = [0, 5]\n");
  const Finished swept = run_logmargin({"sweep", "--config", "c.toml"}, here());
  EXPECT_EQ(swept.exit_status, 0) << swept.err;
  EXPECT_EQ(swept.out, "");
  const Finished replayed = run_logmargin({"replay", "--config", "c.toml"}, here());
  ASSERT_EQ(replayed.exit_status, 0) << replayed.err;
  const nlohmann::json json = nlohmann::json::parse(replayed.out);
  EXPECT_EQ(json.at("network").at("eta"), 0.25);
  EXPECT_EQ(json.at("rows").size(), 2U);
  write_text(scratch_ / "c.toml", "eta = [0.1, 0.2]\n");
  expect_refusal(run_logmargin({"replay", "--config", "c.toml", "--trial", "0"}, here()), 2,
                 "c.toml:1:8: eta: '0.1,0.2' is not allowed; replay follows one network");
  EXPECT_EQ(run_logmargin({"replay", "--config", "c.toml", "--trial", "0", "--eta", "0.2", "--steps", "3"}, here())
                .exit_status,
            0);
}

}  // namespace
}  // namespace logmargin::testing::configuration_test
