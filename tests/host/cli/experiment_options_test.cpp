#include "host/cli/experiment_options.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace logmargin::experiment_options_test {
namespace {

using Json = nlohmann::ordered_json;

ParsedOptions sweep(const std::vector<std::string>& arguments) {
  std::vector<const char*> words = {"sweep"};
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  return {command_spec("sweep"), static_cast<int>(words.size()), words.data()};
}

Json config_of(const std::vector<std::string>& arguments) {
  const ParsedOptions options = sweep(arguments);
  return config_json(read_experiment(options), read_presentation(options));
}

std::string refusal(const Json& config) {
  try {
    experiment_of_config(config);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

TEST(PlanOfConfig, IsThePlanItWasMadeOf) {
  const std::vector<std::vector<std::string>> some = {
      {},
      {"--init", "he-normal,uniform=0.3", "--bias=matched,normal=1e-5", "--eta=0.01:1:7log", "--data=-0,1;+1e100,-1",
       "--trials=1e15", "--steps=1e300", "--seed=18446744073709551615", "--stepping=leap", "--record=1,10,1e299",
       "--eps=+0.1,1e-3", "--out=somewhere", "--quiet"},
      {"--precision=mixed", "--record=every=7", "--steps=123", "--threads=3"},
      {"--data=(1,0.5,0),(-1,2,0);1,-1"},
      {"--dim=1,3:5:3,1e6", "--data=2,-1"}};
  for (const std::vector<std::string>& arguments : some) {
    const Experiment experiment = experiment_of_config(Json::parse(config_of(arguments).dump()));
    const Experiment expected = read_experiment(sweep(arguments));
    EXPECT_EQ(experiment.cell_count(), expected.cell_count());
    EXPECT_EQ(experiment.axes.eta, expected.axes.eta);
    EXPECT_EQ(experiment.axes.dim, expected.axes.dim);
    EXPECT_EQ(experiment.axes.data.front().text(), expected.axes.data.front().text());
    EXPECT_EQ(experiment.steps, expected.steps);
    EXPECT_EQ(experiment.seed, expected.seed);
    EXPECT_EQ(experiment.record.text(), expected.record.text());
    EXPECT_EQ(experiment.precision, expected.precision);
    EXPECT_EQ(experiment.stepping, expected.stepping);
  }
}

TEST(PlanOfConfig, ReadsNoFileThatItNames) {
  Json config = config_of({});
  config["config"] = "/nonexistent/file.toml";
  EXPECT_EQ(refusal(config), "--config is none of its options");
  config = config_of({});
  config["resume"] = true;
  EXPECT_EQ(refusal(config), "--resume is none of its options");
}

TEST(PlanOfConfig, LacksNothing) {
  for (const std::string option : {"stepping", "precision", "record", "eta"}) {
    Json config = config_of({});
    config.erase(option);
    EXPECT_EQ(refusal(config), "--" + option + " is not known there");
  }
}

TEST(PlanOfConfig, IsWrittenAsASweepWritesIt) {
  for (const std::string changed :
       {R"({"eta":["1:2:3"]})", R"({"eta":0.1})", R"({"init":"he-normal"})", R"({"init":[["he-normal"]]})",
        R"({"trials":"5"})", R"({"eps":0.1})", R"({"seed":-1})", R"({"steps":null})"}) {
    Json config = config_of({});
    config.update(Json::parse(changed));
    EXPECT_NE(refusal(config), "") << changed;
  }
}

/// The word so many times, with commas.
std::string list_of(const std::string& word, int times) {
  std::string list = word;
  for (int i = 1; i < times; ++i) list += "," + word;
  return list;
}

TEST(ReadPlan, CountsMoreCellsThanANumberHolds) {
  constexpr int sixteen_bits = 1 << 16;
  EXPECT_THROW(
      read_experiment(sweep({"--eta=1:2:65536", "--dim=1:1:65536", "--optimizer=" + list_of("gd", sixteen_bits),
                             "--loss=" + list_of("exp", sixteen_bits)})),
      UsageError);
}

TEST(ReadPlan, TakesTheDimensionFromTheLongestVector) {
  const auto dimensions = [](const std::vector<std::string>& arguments) {
    return read_experiment(sweep(arguments)).axes.dim;
  };
  EXPECT_EQ(dimensions({}), std::vector<std::int64_t>{1});
  EXPECT_EQ(dimensions({"--data=(1,0),(0,1);(1,0,0),(0,0,1);1,-1"}), std::vector<std::int64_t>{3});
  EXPECT_EQ(dimensions({"--data=(1,0),(0,1)", "--dim=7,2"}), (std::vector<std::int64_t>{7, 2}));
}

TEST(ReadPlan, LooksAtEachLawOnce) {
  EXPECT_THROW(read_experiment(sweep({"--init=" + list_of("pytorch", 300'000), "--bias=" + list_of("zero", 300'000)})),
               UsageError);
}

}  // namespace
}  // namespace logmargin::experiment_options_test
