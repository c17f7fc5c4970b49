#include <gtest/gtest.h>

#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/program.hpp"

namespace logmargin::testing::bad_input_test {
namespace {

/// Runs in an empty folder and expects one line on stderr with these parts, nothing else said, and nothing written.
void expect_refusal(const Arguments& arguments, int exit_status, const std::vector<std::string>& parts) {
  const ScratchFolder scratch;
  Surroundings surroundings;
  surroundings.working_folder = scratch.path();
  const Finished finished = run_logmargin(arguments, surroundings);
  const std::string line = ::testing::PrintToString(arguments);
  EXPECT_EQ(finished.exit_status, exit_status) << line << " ended by signal " << finished.signal;
  EXPECT_EQ(finished.out, "") << line;
  EXPECT_EQ(lines_of(finished.err).size(), 1U) << line << " said " << finished.err;
  EXPECT_TRUE(finished.err.starts_with("logmargin: ")) << finished.err;
  for (const std::string& part : parts) {
    EXPECT_NE(finished.err.find(part), std::string::npos) << line << " said " << finished.err;
  }
  EXPECT_EQ(names_in(scratch.path()), std::vector<std::string>{}) << line;
}

/// A short sweep with one value that is not allowed; the message names option, value and what is.
void expect_bad_value(const std::string& option, const std::vector<std::string>& values, const Arguments& others = {}) {
  for (const std::string& value : values) {
    const Arguments sweep = {"sweep", "--out", "out", "--trials", "10", "--steps", "100"};
    expect_refusal(with_options(with_options(sweep, {option, value}), others), 2, {option + ": '", "allowed"});
  }
}

TEST(BadInput, UnknownCommand) {
  expect_refusal({"sweeep"}, 2, {"'sweeep' is not a command", "did you mean sweep?"});
  expect_refusal({"help", "nonsense"}, 2, {"'nonsense' is not a command", "sweep, merge, replay"});
  expect_refusal({""}, 2, {"'' is not a command"});
  expect_refusal({"--trials", "5"}, 2, {"'--trials'"});
  expect_refusal({"--versoin"}, 2, {"'--versoin'", "did you mean --version?"});
  expect_refusal({"hepl"}, 2, {"'hepl'", "did you mean help?"});
}

TEST(BadInput, UnknownOption) {
  expect_refusal({"sweep", "--trails", "5"}, 2, {"--trails: unknown option", "did you mean --trials?"});
  expect_refusal({"sweep", "--temperature=5"}, 2, {"--temperature=5: unknown option", "'logmargin sweep --help'"});
  expect_refusal({"sweep", "-eta", "5"}, 2, {"-eta: unknown option", "did you mean --eta?"});
  expect_refusal({"replay", "--eat=5"}, 2, {"--eat=5: unknown option", "did you mean --at?"});
  expect_refusal({"sweep", "-x"}, 2, {"-x: unknown option; "});
  expect_refusal({"sweep", "stray"}, 2, {"stray: unknown option"});
  expect_refusal({"sweep", "--", "x"}, 2, {"--: 'x' is not allowed"});
  expect_refusal({"bench", "--record", "5"}, 2, {"--record: unknown option", "'logmargin bench --help'"});
  expect_refusal({"devices", "--json"}, 2, {"--json: unknown option"});
  expect_refusal({"replay", "--trial", "0", "--quiet"}, 2, {"--quiet: unknown option"});
}

TEST(BadInput, WordsAfterTheLast) {
  expect_refusal({"help", "sweep", "replay"}, 2, {"help: 'replay' is not allowed"});
  expect_refusal({"--help", "sweep", "x"}, 2, {"--help: 'x' is not allowed"});
  expect_refusal({"--version", "--json"}, 2, {"--version: '--json' is not allowed"});
}

TEST(BadInput, MissingOrSuperfluousValue) {
  expect_refusal({"sweep", "--eta"}, 2, {"--eta: a value is missing"});
  expect_refusal({"sweep", "--quiet=yes"}, 2, {"--quiet=yes: --quiet takes no value"});
  expect_refusal({"sweep", "--trials", "10", "--steps", "10", "--out", "--force"}, 2, {"--out: a value is missing"});
  expect_refusal({"sweep", "--trials", "10", "--steps", "10", "--trials", "20"}, 2, {"--trials: it is given twice"});
  for (const char* option : {"--eta=", "--trials=", "--init=", "--data=", "--record=", "--device=", "--seed="}) {
    const std::string name(option, std::string(option).size() - 1);
    expect_refusal({"sweep", option, "--out", "out"}, 2, {name + ": ''"});
  }
}

TEST(BadInput, Eta) {
  expect_bad_value("--eta", {"0",       "-0.1",     "nan",   "inf",     "-inf",    "1e400",    "",          "x",
                             "0x10",    "0.1x",     "0.1,",  ",0.1",    "0.1,,1",  "0.1 ",     " 0.1",      "1,5e",
                             "0.1;0.2", "1e-3:1:0", "1:2",   "1:2:3:4", "1:2:3lg", "0:1:3log", "-1:1:4log", "0:1:3",
                             "1:2:1.5", "1:2:1",    "a:b:c", "1:2:1e9", "nan:1:3"});
  expect_refusal({"sweep", "--eta", "0.1,-7,3"}, 2, {"--eta: '-7' is not allowed"});
}

TEST(BadInput, Steps) {
  expect_bad_value("--steps", {"0", "-1", "1.5", "x", "", "nan", "inf", "1e-3", "0.5", "10 ", "1e400", "1e3x"});
}

TEST(BadInput, Trials) {
  expect_bad_value("--trials", {"0", "-5", "1.5", "1e30", "many", "", "nan", "inf", "0x10", "1e16", "1,2"});
}

TEST(BadInput, Seed) { expect_bad_value("--seed", {"-1", "1.5", "18446744073709551616", "x", "", "1e30", "0x5"}); }

TEST(BadInput, Laws) {
  expect_bad_value("--init", {"he", "HE-NORMAL", "", "normal", "normal=", "normal=0", "normal=-1", "uniform=nan",
                              "he-normal,", "he-normal,foo", "zero"});
  expect_bad_value("--bias", {"one", "", "normal", "uniform=0", "normal=x", "zero,", "he-normal"});
}

TEST(BadInput, Words) {
  expect_bad_value("--optimizer", {"adam", "", "gd,adam", "GD"});
  expect_bad_value("--loss", {"hinge", "", "exp,"});
  expect_bad_value("--dim", {"0", "-1", "1.5", "x", "", "1000001", "1e7", "1,0", "1:2:3", "nan"});
  expect_bad_value("--stepping", {"jump", ""});
  expect_bad_value("--precision", {"single", ""});
  expect_bad_value("--threads", {"0", "-1", "1.5", "few", "", "1e9"});
}

TEST(BadInput, Data) {
  expect_bad_value("--data", {"1,1", "+1,1.0", "nan,1", "1,nan", "inf,-1", "1", "", "1,2,3", "1,-1;", ";1,-1", "a,b",
                              "1:2", "1,-1;2,2", "1e400,1"});
  expect_refusal({"sweep", "--data", "1,-1;2,2"}, 2, {"--data: '2,2' is not allowed"});
  expect_bad_value("--data", {"(1,2),(1,2)", "(1,2),(3)", "(1,2)", "(1,2),(3,4", "(1,2);(3,4)", "(1,x),(3,4)", "(),()",
                              "(1e150,1e150),(0,0)"});
  expect_refusal({"sweep", "--dim", "4,2", "--data", "1,-1;(1,0,2),(-1,0,0)"}, 2,
                 {"--dim: '2' is not allowed", "--data (1,0,2),(-1,0,0) has 3 components"});
}

TEST(BadInput, NetworksInSpace) {
  expect_refusal({"replay", "--dim", "2", "--theta", "1,0,-1,0"}, 2,
                 {"--theta: '1,0,-1,0' is not allowed", "6 finite numbers"});
  expect_refusal({"replay", "--dim", "2", "--theta", "1,0,-1,0,nan,1"}, 2, {"--theta: ", "6 finite numbers"});
  expect_refusal({"replay", "--dim", "10001", "--theta", "1"}, 2, {"--theta: ", "more than 10000 dimensions"});
}

TEST(BadInput, Record) {
  expect_bad_value("--record", {"log", "log=", "log=0", "log=-1", "log=1.5", "log=1e9", "every=", "every=0", "every=-1",
                                "every=1.5", "5,x", "5,", "-1", "1.5", "", "weekly=3", "1:10:3", "nan"});
  expect_bad_value("--record", {"101", "0,5,1e6"});
  expect_refusal({"sweep", "--record", "every=1", "--steps", "1e12", "--out", "out"}, 2,
                 {"--record: 'every=1' is not allowed", "too many"});
  expect_refusal({"replay", "--trial", "0", "--at", "every=2", "--steps", "1e12"}, 2, {"--at: 'every=2'", "too many"});
}

TEST(BadInput, Device) {
  expect_bad_value("--device",
                   {"gpu", "", "cpu:", "cpu:mmx", "CPU", "cuda:", "cuda:x", "cuda:-1", "cuda:1.5", "cudax"});
}

TEST(BadInput, CudaWithoutAGpu) {
  if (run_logmargin({"devices"}).out.find("cuda         not used") == std::string::npos) {
    GTEST_SKIP() << "a GPU is usable here, so --device cuda is right";
  }
  for (const std::string device : {"cuda", "cuda:0", "cuda:7"}) {
    expect_refusal({"sweep", "--device", device, "--out", "out"}, 4, {"--device: '" + device + "' cannot be used: "});
    expect_refusal({"bench", "--device", device}, 4, {"--device: '" + device + "' cannot be used: "});
  }
}

TEST(BadInput, Replay) {
  const std::vector<Arguments> refused = {
      {},
      {"--theta", "1,0,-1,0", "--trial", "0"},
      {"--theta", "1,0,-1"},
      {"--theta", "1,0,-1,0,5"},
      {"--theta", "1,0,-1,nan"},
      {"--theta", ""},
      {"--theta", "1;0;-1;0"},
      {"--trial", "-1"},
      {"--trial", "1.5"},
      {"--trial", "10000"},
      {"--trial", "x"},
      {"--trial", "7", "--trials", "7"},
      {"--trial", "0", "--at", ""},
      {"--trial", "0", "--at", "1,x"},
      {"--trial", "0", "--at", "-1"},
      {"--trial", "0", "--at", "1.5"},
      {"--trial", "0", "--format", "xml"},
      {"--trial", "0", "--eta", "-1"},
  };
  expect_refusal({"replay", "--trial", "0", "--eta", "0.1,0.2"}, 2, {"--eta: '0.1,0.2'", "one value"});
  expect_refusal({"replay", "--trial", "0", "--explain", "--format", "json"}, 2, {"--explain", "--format json"});
  expect_refusal({"replay", "--trial", "0", "--data", "1,-1;2,-1"}, 2, {"--data: '1,-1;2,-1'", "one value"});
  for (const Arguments& options : refused) {
    Arguments arguments = {"replay"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    expect_refusal(arguments, 2, options.empty() ? Arguments{"--theta", "--trial"} : Arguments{"allowed"});
  }
}

TEST(BadInput, LineBreaksAndControlCharactersInAValueStayOnOneLine) {
  expect_refusal({"sweep", "--eta", "0.1\nlogmargin: all is well"}, 2, {"--eta"});
  expect_refusal({"sweep", "--in\nit", "x"}, 2, {"unknown option"});
  expect_refusal({"swe\nep"}, 2, {"is not a command"});
  expect_refusal({"sweep", "--out", "no\nsuch/\nfolder/../\n", "--trials", "0"}, 2, {"--trials"});
}

TEST(BadInput, MoreCellsThanAnyoneReads) {
  expect_refusal({"sweep", "--eta", "1:2:1e6", "--data", "1,-1;2,-1", "--out", "out"}, 2, {"2000000 cells"});
}

TEST(BadInput, NoFolderName) {
  expect_refusal({"sweep", "--out", "", "--trials", "5", "--steps", "5"}, 2, {"--out: ''"});
}

}  // namespace
}  // namespace logmargin::testing::bad_input_test
