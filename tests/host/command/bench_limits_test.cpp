#include "host/command/bench_limits.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/host/command/program.hpp"

namespace logmargin::bench_limits_test {
namespace {

using testing::lines_of;

constexpr ProcessorUse whole = {2, 2, "avx512", "avx512", 1.9};
constexpr ProcessorUse part = {2, 8, "scalar", "avx2", 1.9};
constexpr ProcessorUse shared = {2, 2, "avx512", "avx512", 1.1};
const OperationCount step = {32, 8, 4, 8};

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

TEST(BenchLimits, LockstepIsAtTheFmaUnitsOrAtWhatTheyWaitFor) {
  const BenchLimit at_units = lockstep_limit("lockstep", 5e8, 0.75, step, whole);
  EXPECT_EQ(at_units.limited_by, "the FMA units, busy 75 % of the time");
  const BenchLimit below = lockstep_limit("lockstep", 3e8, 0.47, step, whole);
  EXPECT_TRUE(says(below.limited_by, "busy 47 % of the time, wait for")) << below.limited_by;
  EXPECT_TRUE(says(below.limited_by, "4 additions and 8 comparisons of the step's 52 operations")) << below.limited_by;
}

TEST(BenchLimits, ThreadsWithoutCoresOfTheirOwnAreSeenFirst) {
  const BenchLimit limit = lockstep_limit("lockstep", 5e8, 0.75, step, shared);
  EXPECT_TRUE(says(limit.limited_by, "2 threads are 1.10 times as fast as one")) << limit.limited_by;
  EXPECT_TRUE(says(limit.would_help, "idle machine")) << limit.would_help;
}

TEST(BenchLimits, WhatWouldHelpIsWhatIsNotUsedYet) {
  const std::string unused = lockstep_limit("lockstep", 5e7, 0.3, step, part).would_help;
  EXPECT_EQ(unused, "--device cpu, which takes avx2; --threads 8; more cores; a processor with AVX-512; a GPU");
  EXPECT_TRUE(says(lockstep_limit("lockstep", 5e7, 0.9, step, part).limited_by, "one network at a time"));
  const std::string beyond = lockstep_limit("lockstep", 5e8, 0.75, step, whole).would_help;
  EXPECT_EQ(beyond, "more cores, in one machine or by --shard and mpirun; a GPU");
}

TEST(BenchLimits, MixedPrecisionIsForWhereItIsFaster) {
  EXPECT_TRUE(says(mixed_limit(4e8, 0.27, {20, 10, 62, 10}, 8e8, whole).would_help, "--precision double, 2.00 times"));
  EXPECT_TRUE(says(mixed_limit(9e8, 0.27, {20, 10, 62, 10}, 8e8, whole).would_help, "a GPU"));
  EXPECT_TRUE(says(mixed_limit(9e8, 0.27, {20, 10, 62, 10}, 8e8, whole).limited_by, "62 of the step's 102 operations"));
}

TEST(BenchLimits, TheSlowestMethodIsNamed) {
  const auto methods = nlohmann::ordered_json::parse(R"([
    {"optimizer": "ngd", "loss": "exp", "network_steps_per_s": 9e7, "relative_to_gd": 0.9},
    {"optimizer": "ngd", "loss": "logistic", "network_steps_per_s": 2e7, "relative_to_gd": 0.2},
    {"optimizer": "dual", "loss": "exp", "network_steps_per_s": 5e7, "relative_to_gd": 0.5}])");
  const BenchLimit limit = method_limit(methods, whole);
  EXPECT_EQ(limit.work, "slowest method: ngd, logistic loss");
  EXPECT_TRUE(says(limit.limited_by, "5 times as long")) << limit.limited_by;
}

TEST(BenchLimits, LeapsNameWhatTakesMost) {
  EXPECT_TRUE(leap_limit({1e5, 62, 0.7, 0.2}, whole).would_help.starts_with("fewer recorded t (--record)"));
  EXPECT_TRUE(leap_limit({1e5, 62, 0.2, 0.7}, whole).would_help.starts_with("fewer gaps (--eps)"));
  EXPECT_TRUE(leap_limit({1e5, 62, 0.2, 0.2}, whole).would_help.starts_with("more cores"));
  EXPECT_TRUE(says(leap_limit({1e5, 62, 0.7, 0.2}, whole).limited_by, "62 recorded t, 70 % of the time"));
  EXPECT_TRUE(says(leap_limit({1e5, 62, 0.7, 0.2}, whole).limited_by, "until they leap, 10 %"));
}

TEST(BenchLimits, AGpuIsAtItsUnitsShortOfNetworksOrWaiting) {
  GpuThroughput measured = {"a GPU", 10'000'000, 4096, false, Precision::in_double, 36, 8e10, 1e11};
  EXPECT_TRUE(says(gpu_limit(measured, 8e10).limited_by, "the FP64 units, busy 80 %"));
  measured.network_steps_per_s = 1e10;
  EXPECT_TRUE(says(gpu_limit(measured, 4e10).limited_by, "too few networks for this GPU: 25 %"));
  EXPECT_TRUE(says(gpu_limit(measured, 1e10).limited_by, "latency"));
  measured.precision = Precision::mixed;
  EXPECT_EQ(gpu_limit(measured, 1e10).whole, "the FP32 units' bound");
}

TEST(BenchLimits, ArePrintedInEightyColumnsAndInJson) {
  const std::vector<BenchLimit> limits = {lockstep_limit("lockstep, coupled data", 3e8, 0.47, step, part),
                                          record_limit({1.5e7, 53.0, 0.02}), leap_limit({1e5, 62, 0.7, 0.2}, part),
                                          start_limit({0.012, 0.015})};
  const std::vector<std::string> lines = lines_of(limits_table(limits));
  EXPECT_EQ(lines.front(), "  lockstep, coupled data: 3e+08 network-steps/s");
  EXPECT_EQ(lines.at(1), "    reaches    47 % of the FMA units' bound");
  for (const std::string& line : lines) EXPECT_LE(line.size(), 80U) << line;
  const nlohmann::ordered_json json = limits_json(limits);
  ASSERT_EQ(json.size(), limits.size());
  EXPECT_EQ(json.at(0).at("fraction"), 0.47);
  EXPECT_TRUE(json.at(3).at("fraction").is_null());
  EXPECT_EQ(json.at(3).at("unit"), "s");
  EXPECT_EQ(json.at(1).at("limited_by"), limits.at(1).limited_by);
}

}  // namespace
}  // namespace logmargin::bench_limits_test
