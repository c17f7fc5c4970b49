#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "host/cli/experiment_options.hpp"
#include "host/error.hpp"

namespace logmargin::mixed_plan_test {
namespace {

ParsedOptions sweep_options(std::vector<const char*> words) {
  words.insert(words.begin(), "sweep");
  return ParsedOptions(command_spec("sweep"), static_cast<int>(words.size()), words.data());
}

std::string refusal(const std::vector<const char*>& words) {
  try {
    read_experiment(sweep_options(words));
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

TEST(MixedPlan, PrecisionIsReadAndNamedInTheConfig) {
  EXPECT_EQ(read_experiment(sweep_options({})).precision, Precision::in_double);
  EXPECT_EQ(read_experiment(sweep_options({"--precision", "double"})).precision, Precision::in_double);
  const ParsedOptions mixed = sweep_options({"--precision", "mixed"});
  const Experiment experiment = read_experiment(mixed);
  EXPECT_EQ(experiment.precision, Precision::mixed);
  EXPECT_EQ(config_json(experiment, read_presentation(mixed))["precision"], "mixed");
}

TEST(MixedPlan, PlainFloatIsNotOffered) {
  EXPECT_EQ(refusal({"--precision", "float"}), "--precision: 'float' is not allowed; allowed: double, mixed");
}

TEST(MixedPlan, RatesBeyondTheRangeOfFloatAreRefused) {
  EXPECT_EQ(refusal({"--eta", "1e38", "--precision", "mixed"}), "");
  const std::string message = refusal({"--eta", "0.1,1e39", "--precision", "mixed"});
  EXPECT_NE(message.find("--precision: 'mixed' is not allowed"), std::string::npos) << message;
  EXPECT_NE(message.find("1e+39"), std::string::npos) << message;
  EXPECT_NE(refusal({"--data", "1e20,-1", "--precision", "mixed"}), "");
  EXPECT_EQ(refusal({"--eta", "1e39", "--precision", "double"}), "");
}

}  // namespace
}  // namespace logmargin::mixed_plan_test
