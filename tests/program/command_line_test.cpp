#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/engine/cuda/gpu_support.hpp"
#include "host/engine/cuda/nvidia_device.hpp"
#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/program.hpp"

namespace logmargin::testing::command_line_test {
namespace {

/// Ended well, with an answer on stdout and nothing on stderr.
void expect_answer(const Arguments& arguments, const std::string& part) {
  const Finished finished = run_logmargin(arguments);
  const std::string line = ::testing::PrintToString(arguments);
  EXPECT_EQ(finished.exit_status, 0) << line;
  EXPECT_EQ(finished.err, "") << line;
  EXPECT_NE(finished.out.find(part), std::string::npos) << line << " printed " << finished.out;
}

TEST(CommandLine, AnswersWithItsCommands) {
  for (const char* word : {"help", "--help", "-h"}) expect_answer({word}, "\n  sweep ");
  expect_answer({}, "\n  sweep ");
}

TEST(CommandLine, AnswersWithTheOptionsOfACommand) {
  for (std::string command : {"sweep", "merge OUT IN...", "replay", "bench", "compare A B", "devices"}) {
    const std::string usage = "usage: logmargin " + command + " [options]\n";
    command.resize(std::min(command.size(), command.find(' ')));
    expect_answer({"help", command}, usage);
    expect_answer({command, "--help"}, usage);
    expect_answer({command, "-h"}, usage);
    expect_answer({command, "--no-such-option", "--help"}, usage);
  }
}

TEST(CommandLine, AnswersWithItsVersion) {
  const Finished finished = run_logmargin({"--version"});
  EXPECT_EQ(finished.exit_status, 0);
  EXPECT_EQ(lines_of(finished.out).size(), 1U);
  EXPECT_TRUE(finished.out.starts_with("logmargin 0.")) << finished.out;
}

TEST(CommandLine, VerboseSaysWhyNoGpuIsUsed) {
  const Finished finished = run_logmargin({"sweep", "--trials", "20", "--steps", "1e2", "--verbose"});
  EXPECT_EQ(finished.exit_status, 0);
  const std::string reason = gpu_unavailable_reason();
  EXPECT_EQ(finished.err, reason.empty() ? "" : "logmargin: no GPU is used: " + reason + "\n");
}

TEST(CommandLine, SweepPrintsATableOfEightyColumns) {
  const Finished finished = run_logmargin({"sweep", "--trials", "200", "--steps", "1e3"});
  EXPECT_EQ(finished.exit_status, 0);
  EXPECT_TRUE(finished.err.empty() || has_nvidia_device()) << finished.err;
  EXPECT_NE(finished.out.find("1 cell of 200 networks, 1000 steps, seed 0"), std::string::npos);
  EXPECT_NE(finished.out.find("converging"), std::string::npos);
  for (const std::string& line : lines_of(finished.out)) {
    // A character of UTF-8 has one byte that does not continue another.
    EXPECT_LE(std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xc0) != 0x80; }), 80) << line;
  }
}

TEST(CommandLine, ReplayPrintsRows) {
  expect_answer({"replay", "--trial", "0", "--steps", "10"}, "t,z11,z12,z21,z22,w1,b1,w2,b2");
}

TEST(CommandLine, DevicesListsThisProcessorAndWhyThereIsNoGpu) {
  expect_answer({"devices"}, "cpu:scalar");
  expect_answer({"devices"}, "\ncuda");
  expect_answer({"devices"}, "\nreference ");
  EXPECT_GE(cpu_devices().size(), 1U);
  for (const std::string& device : cpu_devices()) {
    expect_answer({"sweep", "--device", device, "--trials", "10", "--steps", "10"}, "converging");
  }
}

TEST(CommandLine, BenchStatesRatesAndBounds) {
  const Finished finished = run_logmargin({"bench", "--json", "--threads", "1", "--device", cpu_devices().back()});
  ASSERT_EQ(finished.exit_status, 0) << finished.err;
  const auto json = nlohmann::json::parse(finished.out);
  EXPECT_TRUE(json.at("device").is_string());
  EXPECT_GT(json.at("lockstep").at("network_steps_per_s"), 1e5);
  EXPECT_GT(json.at("lockstep").at("bound_per_s"), 1e5);
  EXPECT_EQ(json.at("lockstep").at("precision"), "double");
  EXPECT_GT(json.at("lockstep_mixed").at("network_steps_per_s"), 1e5);
  EXPECT_EQ(json.at("lockstep_mixed").at("precision"), "mixed");
  EXPECT_EQ(json.at("lockstep_mixed_coupled").at("data"), "coupled");
  EXPECT_GT(json.at("leap").at("networks_per_s"), 1e2);
  EXPECT_EQ(json.at("leap").at("horizon"), 1e300);
  EXPECT_GT(json.at("record").at("records_per_s"), 1e3);
  EXPECT_GT(json.at("start").at("smallest_sweep_s"), 0.0);
  EXPECT_EQ(json.at("lockstep_from_0").at("from_t"), 0);
  EXPECT_GT(json.at("lockstep_from_0").at("fma_unit_operations_per_network_step"),
            json.at("lockstep_from_2048").at("fma_unit_operations_per_network_step"));
  EXPECT_GT(json.at("lockstep_from_2048").at("fma_unit_operations_per_network_step"),
            json.at("lockstep").at("fma_unit_operations_per_network_step"));
  for (const char* device : {"reference", "refrence"}) {
    const Finished refused = run_logmargin({"bench", "--device", device});
    EXPECT_EQ(refused.exit_status, 2);
    EXPECT_NE(refused.err.find(device), std::string::npos);
    EXPECT_NE(refused.err.find("auto, cpu, cpu:ISA, cuda and cuda:I"), std::string::npos) << refused.err;
  }
}

TEST(CommandLine, TheReferenceHasOneThread) {
  const Finished finished =
      run_logmargin({"sweep", "--json", "--device", "reference", "--trials", "9", "--steps", "10", "--threads", "5"});
  EXPECT_EQ(nlohmann::json::parse(finished.out).at("program").at("threads"), 1) << finished.err;
}

TEST(CommandLine, QuietPrintsNothing) {
  const ScratchFolder scratch;
  const Finished finished =
      run_logmargin({"sweep", "--quiet", "--trials", "50", "--steps", "100", "--out", (scratch / "out").string()});
  EXPECT_EQ(finished.exit_status, 0);
  EXPECT_EQ(finished.out, "");
  EXPECT_EQ(finished.err, "");
  EXPECT_FALSE(names_in(scratch / "out").empty());
}

TEST(CommandLine, SaysSoWhenStdoutCannotBeWritten) {
  Surroundings surroundings;
  surroundings.stdout_path = "/dev/full";
  for (const Arguments& arguments : {Arguments{"help"},
                                     {"--version"},
                                     {"devices"},
                                     {"replay", "--trial", "0", "--steps", "10"},
                                     {"sweep", "--trials", "10", "--steps", "10"},
                                     {"sweep", "--trials", "10", "--steps", "10", "--json"}}) {
    const Finished finished = run_logmargin(arguments, surroundings);
    EXPECT_EQ(finished.exit_status, 3) << ::testing::PrintToString(arguments);
    EXPECT_EQ(lines_of(finished.err).size(), 1U) << finished.err;
  }
}

}  // namespace
}  // namespace logmargin::testing::command_line_test
