#include <gtest/gtest.h>
#include <stdlib.h>

#include <csignal>

#include "tests/program/attempts.hpp"
#include "tests/program/sweep/workplace.hpp"
#include "tests/support/fewer_under_sanitizers.hpp"

namespace logmargin::testing::merge_test {
namespace {

const Arguments plan = {"--trials", "61",     "--steps",           "1e300",  "--record",
                        "log=1",    "--init", "he-normal,pytorch", "--data", "+1,-1;+2,-0.5"};

/// A workplace of shards.
class Place : public Workplace {
 public:
  /// Folder NAME with the shard's file.
  void compute(const std::string& name, const std::string& shard, const Arguments& options) const {
    const Finished finished = run(with_options({"sweep", "--out", name, "--shard", shard}, options));
    ASSERT_EQ(finished.exit_status, 0) << finished.err;
    EXPECT_NE(finished.out.find("wrote shard-"), std::string::npos) << finished.out;
  }
};

/// Results of the plan in one piece, in a folder of this name, as a sweep prints and writes them.
std::map<std::string, std::string> whole(const Arguments& options, std::string& table) {
  const Place place;
  Arguments arguments = {"sweep", "--out", "whole"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const Finished finished = place.run(arguments);
  if (finished.exit_status != 0) throw std::runtime_error(finished.err);
  table = finished.out;
  return results_below(place / "whole");
}

/// Without the line that says how long it took.
std::string without_time(const std::string& table) {
  std::string text;
  for (const std::string& line : lines_of(table)) {
    if (line.find(" network-steps in ") == std::string::npos) text += line + "\n";
  }
  return text;
}

TEST(Merge, GivesTheBytesOfTheUnshardedRun) {
  std::string table;
  const auto expected = whole(plan, table);
  for (const int count : {1, 2, 3, 7}) {
    const Place place;
    Arguments arguments = {"merge", "whole"};
    for (int i = 0; i < count; ++i) {
      const std::string name = "part" + std::to_string(i);
      place.compute(name, std::to_string(i) + "/" + std::to_string(count), plan);
      // In no order; folders and files.
      arguments.insert(
          arguments.begin() + 2,
          i % 2 == 0 ? name : name + "/shard-" + std::to_string(i) + "-of-" + std::to_string(count) + ".tally");
    }
    const Finished merged = place.run(arguments);
    ASSERT_EQ(merged.exit_status, 0) << merged.err;
    EXPECT_TRUE(results_below(place / "whole") == expected) << count;
    EXPECT_EQ(without_time(merged.out), without_time(table)) << count;
  }
}

TEST(Merge, OfMoreShardsThanTrials) {
  const Arguments few = {"--trials", "2", "--steps", "100"};
  std::string table;
  const auto expected = whole(few, table);
  const Place place;
  for (const std::string i : {"0", "1", "2", "3"}) place.compute("parts" + i, i + "/4", few);
  ASSERT_EQ(place.run({"merge", "whole", "parts3", "parts0", "parts1", "parts2"}).exit_status, 0);
  EXPECT_TRUE(results_below(place / "whole") == expected);
}

TEST(Merge, OfShardsThatWereStoppedAndResumed) {
  std::string table;
  const auto expected = whole(plan, table);
  const Place place;
  place.compute("part0", "0/2", plan);
  Arguments arguments = {"sweep", "--quiet", "--out", "part1", "--shard", "1/2", "--resume", "--checkpoint-every",
                         "0.005"};
  arguments.insert(arguments.end(), plan.begin(), plan.end());
  Surroundings surroundings;
  surroundings.working_folder = place / "";
  for (int i = 0; i < 5; ++i) {
    RunningProgram program(words_without_pictures(arguments), surroundings);
    std::this_thread::sleep_for(std::chrono::milliseconds(25 + i));
    program.send(i % 2 == 0 ? SIGKILL : SIGTERM);
    program.wait();
  }
  const Finished finished = place.run(arguments);
  ASSERT_EQ(finished.exit_status, 0) << finished.err;
  EXPECT_EQ(names_in(place / "part1"), std::vector<std::string>{"shard-1-of-2.tally"});
  EXPECT_NE(place.run(arguments).err.find("nothing to resume"), std::string::npos);
  ASSERT_EQ(place.run({"merge", "--quiet", "whole", "part0", "part1"}).exit_status, 0);
  EXPECT_TRUE(results_below(place / "whole").at("cells.csv") == expected.at("cells.csv"));
  EXPECT_TRUE(results_below(place / "whole").at("trajectory.csv") == expected.at("trajectory.csv"));
}

TEST(Merge, OfMoreCellsThanALineHasRoomFor) {
  const Place place;
  const std::string cells = std::to_string(fewer_under_sanitizers(20000));
  place.compute("part", "0/1",
                {"--trials", "1", "--steps", "1", "--record", "1", "--eps", "1", "--eta", "0.01:1:" + cells + "log"});
  const Finished finished = place.run({"merge", "--quiet", "whole", "part"});
  EXPECT_EQ(finished.exit_status, 0) << finished.err << finished.signal;
}

class MergeRefuses : public ::testing::Test {
 protected:
  MergeRefuses() {
    for (const std::string i : {"0", "1", "2"}) place_.compute("part" + i, i + "/3", small_);
  }

  const Arguments small_ = {"--trials", "40", "--steps", "1000"};
  Place place_;
};

TEST_F(MergeRefuses, MissingDuplicateAndForeignShards) {
  place_.expect_refusal({"merge", "out", "part0", "part2"}, 2, {"1 of 3 shards are missing: 1/3"});
  place_.expect_refusal({"merge", "out", "part1"}, 2, {"2 of 3 shards are missing: 0/3, 2/3"});
  place_.expect_refusal({"merge", "out", "part0", "part1", "part2", "part1"}, 2,
                        {"shard 1/3 is given twice, by 'part1/shard-1-of-3.tally'"});
  place_.compute("half", "1/2", small_);
  place_.expect_refusal({"merge", "out", "part0", "part1", "half"}, 2,
                        {"'half/shard-1-of-2.tally' (here) are not of one run: --shard is 0/3 there and 1/2 here"});
  Arguments other = small_;
  other.insert(other.end(), {"--seed", "9"});
  place_.compute("other", "2/3", other);
  place_.expect_refusal({"merge", "out", "part0", "part1", "other"}, 2,
                        {"'part0/shard-0-of-3.tally' (there)", "--seed is 0 there and 9 here"});
}

TEST_F(MergeRefuses, WhatIsNoShard) {
  place_.expect_refusal({"merge", "out", "part0", "part1", "nowhere"}, 3, {"'nowhere' cannot be read"});
  std::filesystem::create_directory(place_ / "empty");
  place_.expect_refusal({"merge", "out", "part0", "part1", "empty"}, 3, {"'empty' holds no shard"});
  const std::filesystem::path file = place_ / "part1/shard-1-of-3.tally";
  const std::string bytes = contents(file);
  write_text(file, "not this");
  place_.expect_refusal({"merge", "out", "part0", "part1", "part2"}, 3, {"it is no tally file"});
  write_text(file, bytes.substr(0, bytes.size() - 100));
  place_.expect_refusal({"merge", "out", "part0", "part1", "part2"}, 3, {"its end is missing"});
  std::string flipped = bytes;
  flipped[bytes.size() / 2] ^= 1;
  write_text(file, flipped);
  place_.expect_refusal({"merge", "out", "part0", "part1", "part2"}, 3, {"shard-1-of-3.tally' is refused", "checksum"});
  write_text(file, bytes);
}

TEST_F(MergeRefuses, ACommandLineWithoutShardsAndAFolderInUse) {
  place_.expect_refusal({"merge"}, 2, {"logmargin merge OUT IN..."});
  place_.expect_refusal({"merge", "out"}, 2, {"logmargin merge OUT IN..."});
  place_.expect_refusal({"merge", "out", "part0", "--seed", "5"}, 2, {"--seed: unknown option"});
  place_.expect_refusal({"merge", "part0", "part0", "part1", "part2"}, 2,
                        {"'part0' is not allowed; the folder is not empty"});
  EXPECT_EQ(place_.run({"merge", "out", "part0", "part1", "part2"}).exit_status, 0);
}

TEST(Shards, KnowTheirPlaceUnderSlurm) {
  const Place place;
  ::setenv("SLURM_ARRAY_TASK_ID", "3", 1);
  ::setenv("SLURM_ARRAY_TASK_MIN", "1", 1);
  ::setenv("SLURM_ARRAY_TASK_MAX", "4", 1);
  ::setenv("SLURM_ARRAY_TASK_COUNT", "4", 1);
  place.compute("part", "auto", {"--trials", "40", "--steps", "100"});
  for (const char* name :
       {"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_MAX", "SLURM_ARRAY_TASK_COUNT"}) {
    ::unsetenv(name);
  }
  EXPECT_EQ(names_in(place / "part"), std::vector<std::string>{"shard-2-of-4.tally"});
  place.expect_refusal({"sweep", "--shard", "auto", "--out", "other", "--trials", "5"}, 2, {"--shard: 'auto'"});
  place.expect_refusal({"sweep", "--shard", "0/2", "--out", "other", "--json", "--trials", "5"}, 2, {"--json: "});
}

/// The job array's script, with what Slurm would set and call.
TEST(Shards, OfTheSlurmScriptAddUp) {
  const Arguments small = {"--trials", "40", "--steps", "1000"};
  std::string table;
  const auto expected = whole(small, table);
  const Place place;
  write_text(place / "scontrol", "#!/bin/sh\necho \"$@\" > requeued\n");
  std::filesystem::permissions(place / "scontrol", std::filesystem::perms::owner_all);
  const auto task = [&](const std::string& id, const std::string& more) {
    const std::string variables = "PATH=$PWD:$PATH LOGMARGIN=" LOGMARGIN_PROGRAM
                                  " SLURM_ARRAY_JOB_ID=77 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_MAX=1 "
                                  "SLURM_ARRAY_TASK_COUNT=2 SLURM_CPUS_PER_TASK=1 SLURM_ARRAY_TASK_ID=" +
                                  id + " " + more;
    Surroundings surroundings;
    surroundings.working_folder = place / "";
    return RunningProgram({"/bin/sh", "-c",
                           variables + " bash " LOGMARGIN_EXPERIMENTS "/slurm_array.sh parts --trials 40 " +
                               (more.empty() ? "--steps 1000" : "--stepping lockstep --steps 1e9")},
                          surroundings)
        .wait();
  };
  EXPECT_EQ(task("0", "").exit_status, 0);
  EXPECT_EQ(task("1", "").exit_status, 0);
  ASSERT_EQ(place.run({"merge", "whole", "parts/shard-0", "parts/shard-1"}).exit_status, 0);
  EXPECT_TRUE(results_below(place / "whole").at("cells.csv") == expected.at("cells.csv"));
  std::filesystem::remove_all(place / "parts");
  EXPECT_EQ(task("1", "MAX_TIME=0.2").exit_status, 0);
  EXPECT_EQ(contents(place / "requeued"), "requeue 77_1\n");
}

}  // namespace
}  // namespace logmargin::testing::merge_test
