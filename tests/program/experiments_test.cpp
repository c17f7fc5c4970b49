#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/cli/config/config_entry.hpp"
#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/program.hpp"

namespace logmargin::testing::experiments_test {
namespace {

std::vector<std::string> experiment_names() {
  std::vector<std::string> names;
  for (const std::string& name : names_in(LOGMARGIN_EXPERIMENTS)) {
    if (name.ends_with(".toml")) names.push_back(name.substr(0, name.size() - 5));
  }
  return names;
}

std::string experiment_file(const std::string& name) {
  return std::string(LOGMARGIN_EXPERIMENTS) + "/" + name + ".toml";
}

class Experiment : public ::testing::TestWithParam<std::string> {};

TEST_P(Experiment, RunsAtAReducedSize) {
  const std::string file = experiment_file(GetParam());
  const Finished finished = run_logmargin({"sweep", "--config", file, "--trials", "12", "--steps", "40", "--json"});
  ASSERT_EQ(finished.exit_status, 0) << finished.err;
  const nlohmann::json json = nlohmann::json::parse(finished.out);
  const nlohmann::json& config = json.at("config");
  EXPECT_EQ(config.at("trials"), 12);
  EXPECT_EQ(config.at("steps"), 40);
  std::size_t cells = 1;
  for (const ConfigEntry& entry : parse_toml_config(contents(file), file)) {
    ASSERT_TRUE(config.contains(entry.key)) << entry.key;
    if (entry.is_array && config.at(entry.key).is_array()) {
      EXPECT_EQ(config.at(entry.key).size(), entry.values.size()) << entry.key;
      cells *= entry.values.size();
    } else if (config.at(entry.key).is_array()) {
      cells *= config.at(entry.key).size();
    }
  }
  EXPECT_EQ(json.at("cells").size(), cells);
  EXPECT_GT(cells, 1U) << "an experiment compares";
}

TEST_P(Experiment, BeginsWithItsQuestion) {
  const std::string first = lines_of(contents(experiment_file(GetParam()))).at(0);
  EXPECT_TRUE(first.starts_with("# ")) << first;
  EXPECT_TRUE(first.ends_with("?")) << first;
}

INSTANTIATE_TEST_SUITE_P(All, Experiment, ::testing::ValuesIn(experiment_names()),
                         [](const auto& instance) { return instance.param; });

TEST(Experiments, AreThoseThatTheReadmeExplains) {
  std::vector<std::string> explained;
  for (const std::string& line : lines_of(contents(LOGMARGIN_README))) {
    const std::size_t end = line.find(".toml` | ");
    if (line.starts_with("| `") && end != std::string::npos) explained.push_back(line.substr(3, end - 3));
  }
  std::sort(explained.begin(), explained.end());
  EXPECT_EQ(experiment_names(), explained);
}

TEST(Experiments, ThePapersIsThePapers) {
  const Finished finished = run_logmargin({"sweep", "--config", experiment_file("paper"), "--trials", "1", "--json"});
  ASSERT_EQ(finished.exit_status, 0) << finished.err;
  const nlohmann::json config = nlohmann::json::parse(finished.out).at("config");
  EXPECT_EQ(config.at("init").at(0), "he-normal");
  EXPECT_EQ(config.at("bias"), nlohmann::json::parse("[\"zero\"]"));
  EXPECT_EQ(config.at("eta"), nlohmann::json::parse("[0.1]"));
  EXPECT_EQ(config.at("data"), nlohmann::json::parse("[\"+1,-1\"]"));
  for (const ConfigEntry& entry : parse_toml_config(contents(experiment_file("paper")), "paper")) {
    if (entry.key != "trials") continue;
    EXPECT_EQ(entry.values.at(0).text, "10000");
  }
}

TEST(Experiments, TimeToRobustnessGoesBeyondAnyRunOfSteps) {
  std::string text;
  for (const ConfigEntry& entry : parse_toml_config(contents(experiment_file("time_to_robustness")), "time")) {
    for (const ConfigValue& value : entry.values) text += entry.key + "=" + value.text + ";";
  }
  EXPECT_NE(text.find("steps=1e300;stepping=auto;record=log=1;eps=0.1;eps=0.01;eps=0.001;"), std::string::npos) << text;
}

}  // namespace
}  // namespace logmargin::testing::experiments_test
