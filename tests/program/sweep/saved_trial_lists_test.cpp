#include <gtest/gtest.h>

#include <csignal>
#include <random>

#include "tests/program/attempts.hpp"
#include "tests/program/sweep/workplace.hpp"
#include "tests/support/fewer_under_sanitizers.hpp"

namespace logmargin::testing::saved_trial_lists_test {
namespace {

/// Some tenths of a second, in two cells, both lists.
const Arguments listed = {"--trials",     "403",   "--steps", "1e300",        "--record",       "log=1",      "--bias",
                          "zero,matched", "--eta", "0.1",     "--trials-out", "--trajectories", "gap,pattern"};

/// A workplace of shards that list their trials.
class Place : public Workplace {
 public:
  Finished compute(const std::string& out, const std::string& shard, const Arguments& options) const {
    return run(with_options({"sweep", "--quiet", "--out", out, "--shard", shard}, options));
  }
  /// What the same options make in one go.
  std::map<std::string, std::string> whole(const Arguments& options) const {
    const Finished finished = run(with_options({"sweep", "--quiet", "--out", "whole"}, options));
    if (finished.exit_status != 0) throw std::runtime_error(finished.err);
    return results_below(*this / "whole");
  }
};

TEST(SavedTrialLists, OfShardsMergeToTheBytesOfOneRun) {
  for (const auto& [trials, counts] : {std::pair{"403", std::vector<int>{1, 3}}, {"2", {5}}}) {
    const Place place;
    Arguments options = listed;
    options[1] = trials;
    const auto expected = place.whole(options);
    ASSERT_TRUE(expected.contains("trials.h5") && expected.contains("trajectories.h5"));
    for (const int count : counts) {
      const std::string merged = "merged" + std::to_string(count);
      Arguments merge = {"merge", "--quiet", merged};
      for (int i = 0; i < count; ++i) {
        merge.push_back("part" + std::to_string(i) + "of" + std::to_string(count));
        const Finished finished = place.compute(merge.back(), std::to_string(i) + "/" + std::to_string(count), options);
        ASSERT_EQ(finished.exit_status, 0) << finished.err;
      }
      ASSERT_EQ(place.run(merge).exit_status, 0);
      const auto results = results_below(place / merged);
      for (const char* name : {"trials.h5", "trajectories.h5", "cells.csv", "trajectory.csv"}) {
        EXPECT_TRUE(results.at(name) == expected.at(name)) << name << " of " << count << " shards";
      }
    }
  }
}

/// Killed at any moment and started again, or stopped in time, it comes to the same bytes.
TEST(SavedTrialLists, OfInterruptedRunsHaveTheBytesOfOneRun) {
  std::mt19937 random(20261129);
  const double start_up = run_logmargin({"--version"}).seconds;
  std::uniform_real_distribution<double> moment(0.5 * start_up, 3.0 * start_up + 0.1);
  const auto expected = Attempts(listed).uninterrupted();
  ASSERT_TRUE(expected.contains("trials.h5") && expected.contains("trajectories.h5"));
  const std::size_t kills = fewer_under_sanitizers(24);
  double patience = 1.0;
  std::size_t killed = 0;
  int resumed = 0;
  while (killed < kills) {
    const Attempts attempts(listed);
    for (;;) {
      resumed += attempts.has_checkpoint() ? 1 : 0;
      const Arguments how = {"--resume", "--checkpoint-every", "0.004"};
      const bool more = killed < kills;
      const int signal = killed % 4 == 3 ? SIGTERM : SIGKILL;
      const Finished finished = more ? attempts.stopped(how, signal, patience * moment(random)) : attempts.run(how);
      if (finished.signal == SIGKILL || finished.exit_status == 128 + SIGTERM) {
        ++killed;
        patience *= 1.1;
        continue;
      }
      ASSERT_EQ(finished.exit_status, 0) << finished.err;
      break;
    }
    ASSERT_TRUE(attempts.results() == expected) << "after " << killed << " stops";
  }
  EXPECT_GT(resumed, 0);
}

TEST(SavedTrialLists, OfAShardThatWasStoppedAreWhole) {
  const Place place;
  const auto expected = place.whole(listed);
  ASSERT_EQ(place.compute("part0", "0/2", listed).exit_status, 0);
  const Arguments saving = with_options(listed, {"--resume", "--max-time", "0.15"});
  int stops = 0;
  for (; stops < 100; ++stops) {
    Arguments longer = saving;
    longer.back() = std::to_string(0.15 * std::pow(1.3, stops));
    const Finished finished = place.compute("part1", "1/2", longer);
    if (finished.exit_status == 0) break;
    ASSERT_EQ(finished.exit_status, 75) << finished.err;
  }
  EXPECT_EQ(names_in(place / "part1"), (std::vector<std::string>{"shard-1-of-2.rows", "shard-1-of-2.tally"}));
  EXPECT_NE(place.compute("part1", "1/2", saving).err.find("nothing to resume"), std::string::npos);
  ASSERT_EQ(place.run({"merge", "--quiet", "merged", "part0", "part1"}).exit_status, 0);
  EXPECT_TRUE(results_below(place / "merged").at("trials.h5") == expected.at("trials.h5"));
  EXPECT_TRUE(results_below(place / "merged").at("trajectories.h5") == expected.at("trajectories.h5"));
}

class MergeOfTrialLists : public ::testing::Test {
 protected:
  MergeOfTrialLists() {
    for (const std::string i : {"0", "1"}) {
      if (place_.compute("part" + i, i + "/2", small_).exit_status != 0) throw std::runtime_error("no shard");
    }
  }
  const Arguments small_ = {"--trials", "40", "--steps", "1000", "--trials-out"};
  const Arguments merge_ = {"merge", "out", "part0", "part1"};
  Place place_;
};

TEST_F(MergeOfTrialLists, RefusesRowsThatAreLostOrNotAsTheyWereWritten) {
  const std::filesystem::path path = place_ / "part1/shard-1-of-2.rows";
  const std::string rows = contents(path);
  std::filesystem::remove(path);
  place_.expect_refusal(merge_, 3, {"'part1/shard-1-of-2.rows' cannot be read"});
  for (const std::size_t size : {std::size_t{0}, std::size_t{7}, rows.size() / 2, rows.size() - 8}) {
    write_text(path, rows.substr(0, size));
    place_.expect_refusal(merge_, 3, {"'part1/shard-1-of-2.rows' is refused: it"});
  }
  std::string damaged = rows;
  damaged[rows.size() / 3] = static_cast<char>(damaged[rows.size() / 3] ^ 1);
  write_text(path, damaged);
  place_.expect_refusal(merge_, 3, {"is refused: it is damaged"});
  write_text(path, contents(place_ / "part0/shard-0-of-2.rows"));
  place_.expect_refusal(merge_, 3, {"is refused: it is damaged"});
  write_text(path, rows);
  EXPECT_EQ(place_.run(merge_).exit_status, 0);
}

TEST_F(MergeOfTrialLists, RefusesShardsThatListOtherThings) {
  const Arguments plain = {"--trials", "40", "--steps", "1000"};
  ASSERT_EQ(place_.compute("plain", "1/2", plain).exit_status, 0);
  place_.expect_refusal({"merge", "out", "part0", "plain"}, 2, {"--trials-out is true there and false here"});
  ASSERT_EQ(place_.compute("more", "1/2", with_options(small_, {"--trajectories", "gap"})).exit_status, 0);
  place_.expect_refusal({"merge", "out", "part0", "more"}, 2, {"--trajectories is null there and gap here"});
  // A shard that is computed anew without them takes its rows away.
  ASSERT_EQ(place_.compute("part1", "1/2", with_options(plain, {"--force"})).exit_status, 0);
  EXPECT_EQ(names_in(place_ / "part1"), std::vector<std::string>{"shard-1-of-2.tally"});
}

/// What a kill between the names of a shard's two files leaves is begun anew.
TEST(SavedTrialLists, OfAShardWithoutItsTalliesAreNothing) {
  const Place place;
  const Arguments options = {"--trials", "40", "--steps", "1000", "--trials-out", "--resume"};
  ASSERT_EQ(place.compute("part", "0/2", options).exit_status, 0);
  const auto whole = bytes_below(place / "part");
  std::filesystem::remove(place / "part/shard-0-of-2.tally");
  write_text(place / "part/shard-0-of-2.rows", "of another time");
  const Finished finished = place.compute("part", "0/2", options);
  EXPECT_EQ(finished.exit_status, 0) << finished.err;
  EXPECT_EQ(bytes_below(place / "part").at("shard-0-of-2.rows"), whole.at("shard-0-of-2.rows"));
}

TEST(SavedTrialLists, AreNotCompleteWhereOthersAreAskedFor) {
  const Attempts attempts({"--trials", "40", "--steps", "1000"});
  ASSERT_EQ(attempts.run({"--trajectories", "gap"}).exit_status, 0);
  const Finished other = attempts.run({"--trajectories", "all", "--resume"});
  EXPECT_EQ(other.exit_status, 2) << other.err;
  EXPECT_NE(other.err.find("of another run: --trajectories is gap there and gap,margin,z,"), std::string::npos)
      << other.err;
  EXPECT_NE(attempts.run({"--trajectories", "gap", "--resume"}).err.find("nothing to resume"), std::string::npos);
}

TEST(SavedTrialLists, AreNotContinuedByARunThatListsOtherThings) {
  const Attempts attempts({"--trials", "1e6", "--steps", "1e7", "--stepping", "lockstep"});
  ASSERT_EQ(attempts.run({"--max-time", "0.5"}).exit_status, 75);
  const Finished finished = attempts.run({"--resume", "--trials-out"});
  EXPECT_EQ(finished.exit_status, 2) << finished.err;
  EXPECT_NE(finished.err.find("is of another run: --trials-out is false there and true here"), std::string::npos)
      << finished.err;
}

}  // namespace
}  // namespace logmargin::testing::saved_trial_lists_test
