#include "host/plan/shard.hpp"

#include <gtest/gtest.h>

#include <map>

#include "host/error.hpp"

namespace logmargin::shard_test {
namespace {

Environment environment_of(const std::map<std::string, std::string>& variables) {
  return [variables](const char* name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

std::string refusal(std::string_view text, const std::map<std::string, std::string>& variables = {}) {
  try {
    parse_shard(text, environment_of(variables));
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

std::map<std::string, std::string> array_task(const std::string& id, const std::string& least,
                                              const std::string& largest, const std::string& count) {
  return {{"SLURM_ARRAY_TASK_ID", id},
          {"SLURM_ARRAY_TASK_MIN", least},
          {"SLURM_ARRAY_TASK_MAX", largest},
          {"SLURM_ARRAY_TASK_COUNT", count}};
}

TEST(Shard, RangesFollowEachOtherAndDifferByOneAtMost) {
  for (const std::uint64_t trials : {0ULL, 1ULL, 6ULL, 7ULL, 1000ULL, 1'000'000'000'000'000ULL}) {
    for (const std::uint64_t count : {1ULL, 2ULL, 3ULL, 7ULL, 1000ULL}) {
      std::uint64_t due = 0;
      for (std::uint64_t index = 0; index < count; ++index) {
        const TrialRange range = Shard{index, count}.range_of(trials);
        EXPECT_EQ(range.first, due);
        EXPECT_GE(range.trials, trials / count);
        EXPECT_LE(range.trials, trials / count + 1);
        due += range.trials;
      }
      EXPECT_EQ(due, trials);
    }
  }
}

TEST(Shard, IsTheIthOfN) {
  EXPECT_EQ(parse_shard("0/1", environment_of({})), (Shard{0, 1}));
  EXPECT_EQ(parse_shard("3/16", environment_of({})), (Shard{3, 16}));
  EXPECT_EQ(parse_shard("999999/1e6", environment_of({})).text(), "999999/1000000");
  for (const char* text :
       {"", "1", "1/1", "2/1", "0/0", "-1/2", "1/2/3", "a/b", "1.5/2", "0/1000001", "1/", "/2", " 0/1"}) {
    EXPECT_NE(refusal(text).find("--shard: '" + std::string(text) + "'"), std::string::npos) << text;
  }
}

TEST(Shard, AutoIsThePlaceInAJobArray) {
  EXPECT_EQ(parse_shard("auto", environment_of(array_task("0", "0", "15", "16"))), (Shard{0, 16}));
  EXPECT_EQ(parse_shard("auto", environment_of(array_task("5", "1", "7", "7"))), (Shard{4, 7}));
  auto with_step = array_task("8", "0", "12", "4");
  with_step["SLURM_ARRAY_TASK_STEP"] = "4";
  EXPECT_EQ(parse_shard("auto", environment_of(with_step)), (Shard{2, 4}));
}

TEST(Shard, AutoIsThePlaceInAStepOrInBoth) {
  EXPECT_EQ(parse_shard("auto", environment_of({{"SLURM_STEP_NUM_TASKS", "4"}, {"SLURM_PROCID", "3"}})), (Shard{3, 4}));
  auto both = array_task("1", "0", "2", "3");
  both["SLURM_STEP_NUM_TASKS"] = "4";
  both["SLURM_PROCID"] = "2";
  EXPECT_EQ(parse_shard("auto", environment_of(both)), (Shard{6, 12}));
}

/// --array=4 and the like, which submit again what an array before left undone.
TEST(Shard, AutoIsRefusedWhereTheArrayMayBeAPartOfOne) {
  EXPECT_EQ(parse_shard("auto", environment_of(array_task("0", "0", "0", "1"))), (Shard{0, 1}));
  const std::string alone = refusal("auto", array_task("4", "4", "4", "1"));
  EXPECT_NE(alone.find("task 4 alone"), std::string::npos) << alone;
  EXPECT_NE(alone.find("--shard 4/N is allowed"), std::string::npos) << alone;
  EXPECT_NE(alone.find("--shard 0/1"), std::string::npos) << alone;
  EXPECT_NE(refusal("auto", array_task("1", "1", "1", "1")), "");
  EXPECT_NE(refusal("auto", array_task("5", "4", "5", "2")).find("begins with task 4"), std::string::npos);
  auto in_step = array_task("4", "4", "4", "1");
  in_step["SLURM_STEP_NUM_TASKS"] = "2";
  in_step["SLURM_PROCID"] = "1";
  EXPECT_NE(refusal("auto", in_step), "");
}

TEST(Shard, AutoIsRefusedWhereThePlaceIsUnclear) {
  EXPECT_NE(refusal("auto").find("SLURM_ARRAY_TASK_ID"), std::string::npos);
  // --array=0,1,5
  EXPECT_NE(refusal("auto", array_task("5", "0", "5", "3")).find("gaps"), std::string::npos);
  EXPECT_NE(refusal("auto", array_task("x", "0", "5", "6")).find("SLURM_ARRAY_TASK_ID is 'x'"), std::string::npos);
  EXPECT_NE(refusal("auto", {{"SLURM_ARRAY_TASK_ID", "1"}}).find("not set"), std::string::npos);
  EXPECT_NE(refusal("auto", {{"SLURM_STEP_NUM_TASKS", "4"}, {"SLURM_PROCID", "4"}}).find("4/4"), std::string::npos);
  auto zero_step = array_task("1", "0", "2", "3");
  zero_step["SLURM_ARRAY_TASK_STEP"] = "0";
  EXPECT_NE(refusal("auto", zero_step).find("gaps"), std::string::npos);
}

}  // namespace
}  // namespace logmargin::shard_test
