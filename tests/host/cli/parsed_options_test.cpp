#include "host/cli/parsed_options.hpp"

#include <gtest/gtest.h>

#include "tests/host/results/scratch_folder.hpp"

namespace logmargin::parsed_options_test {
namespace {

using testing::ScratchFolder;
using testing::write_text;

ParsedOptions parse(const std::string& command, const std::vector<std::string>& arguments) {
  std::vector<const char*> words = {command.c_str()};
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  return {command_spec(command), static_cast<int>(words.size()), words.data()};
}

TEST(ParsedOptions, ReadsValuesFlagsAndDefaults) {
  const std::vector<const char*> words = {"sweep", "--eta=0.5", "--data", "-1,+1", "--quiet"};
  const ParsedOptions options(command_spec("sweep"), static_cast<int>(words.size()), words.data());
  EXPECT_EQ(options.text("eta"), "0.5");
  EXPECT_EQ(options.text("data"), "-1,+1") << "a value may begin with a dash";
  EXPECT_EQ(options.text("steps"), "1e6");
  EXPECT_TRUE(options.given("eta"));
  EXPECT_FALSE(options.given("steps"));
  EXPECT_FALSE(options.given("out"));
  EXPECT_TRUE(options.flag("quiet"));
  EXPECT_FALSE(options.flag("json"));
}

TEST(ParsedOptions, TakesValuesOfAnyLength) {
  const std::string value(10'000'000, '1');
  EXPECT_EQ(parse("sweep", {"--eta=" + value}).text("eta"), value);
  EXPECT_EQ(parse("sweep", {"--eta", value, "--out=--eta=" + value}).text("out"), "--eta=" + value);
  EXPECT_EQ(parse("report", {value}).operands(), std::vector<std::string>{value});
  EXPECT_EQ(parse("sweep", {"--eta="}).text("eta"), "");
}

std::string refusal(const std::string& command, const std::vector<std::string>& arguments) {
  try {
    parse(command, arguments);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

TEST(ParsedOptions, TakesNoOptionForAValue) {
  EXPECT_EQ(refusal("sweep", {"--out", "--force"}),
            "--out: a value is missing before '--force'; allowed: --out DIR, and --out=VALUE where it begins with --");
  EXPECT_TRUE(refusal("sweep", {"--eta", "--", "--quiet"}).starts_with("--eta: a value is missing before '--'"));
  EXPECT_TRUE(refusal("replay", {"--trial", "--explain"}).starts_with("--trial: a value is missing before"));
  EXPECT_EQ(parse("sweep", {"--out=--force"}).text("out"), "--force");
  EXPECT_EQ(parse("replay", {"--theta", "-1,2,-3,4", "--data", "-1,1"}).text("theta"), "-1,2,-3,4");
}

TEST(ParsedOptions, TakesEachOptionOnce) {
  EXPECT_EQ(refusal("sweep", {"--seed", "1", "--seed=2"}), "--seed: it is given twice; each option is allowed once");
  EXPECT_EQ(refusal("sweep", {"--eta", "1", "--eta", "2"}),
            "--eta: it is given twice; each option is allowed once, with ',' between its values");
  EXPECT_TRUE(refusal("sweep", {"--quiet", "--quiet"}).starts_with("--quiet: it is given twice"));
  EXPECT_TRUE(refusal("report", {"--pdf", "folder", "--pdf"}).starts_with("--pdf: it is given twice"));
}

TEST(ParsedOptions, EndWithTwoDashes) {
  EXPECT_EQ(parse("sweep", {"--eta", "1", "--"}).text("eta"), "1");
  EXPECT_EQ(parse("report", {"--pdf", "--", "--folder"}).operands(), std::vector<std::string>{"--folder"});
  EXPECT_EQ(parse("merge", {"a", "--", "b", "--", "-c"}).operands(), (std::vector<std::string>{"a", "b", "--", "-c"}));
  EXPECT_EQ(refusal("sweep", {"--", "--eta", "1"}), "--: '--eta' is not allowed; behind -- nothing is");
  EXPECT_EQ(refusal("report", {"--", "a", "b"}), "--: 'b' is not allowed; behind -- only DIR is");
  EXPECT_TRUE(refusal("report", {"--"}).starts_with("DIR is missing"));
}

TEST(ParsedOptions, TheCommandLineWinsOverTheConfiguration) {
  const ScratchFolder scratch;
  const std::string file = scratch / "c.toml";
  write_text(file, "eta = [0.5, \"1:2:2\"]\nsteps = 1e3\nquiet = true\njson = false\nout = \"here\"\n");
  const ParsedOptions options = parse("sweep", {"--steps", "7", "--config", file, "--force"});
  EXPECT_EQ(options.text("eta"), "0.5,1:2:2");
  EXPECT_EQ(options.text("steps"), "7");
  EXPECT_EQ(options.text("trials"), "10000");
  EXPECT_TRUE(options.given("eta"));
  EXPECT_TRUE(options.given("out"));
  EXPECT_FALSE(options.given("trials"));
  EXPECT_TRUE(options.flag("quiet"));
  EXPECT_TRUE(options.flag("force"));
  EXPECT_FALSE(options.flag("json"));
}

TEST(ParsedOptions, ComplainsWithTheFileOnlyWhereTheValueIsItsOwn) {
  const ScratchFolder scratch;
  const std::string file = scratch / "c.toml";
  write_text(file, "trials = 3\neta = [0.5,\n  \"-1,2\", 1]\n");
  const OptionError error("--eta", "-1", "nothing is");
  EXPECT_EQ(parse("sweep", {"--config", file}).complaint(error), file + ":3:3: eta: '-1' is not allowed; nothing is");
  EXPECT_EQ(parse("sweep", {"--config", file}).complaint({"--eta", "1", "nothing is"}),
            file + ":3:11: eta: '1' is not allowed; nothing is")
      << "a whole value before a piece of one";
  EXPECT_EQ(parse("sweep", {"--config", file, "--eta", "-1"}).complaint(error),
            "--eta: '-1' is not allowed; nothing is");
  EXPECT_EQ(parse("sweep", {"--config", file}).complaint({"--seed", "x", "nothing is"}),
            "--seed: 'x' is not allowed; nothing is");
}

}  // namespace
}  // namespace logmargin::parsed_options_test
