#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <random>

#include "tests/program/attempts.hpp"

namespace logmargin::testing::checkpoint_test {
namespace {

/// Some tenths of a second, in cells that differ.
const Arguments some_cells = {"--trials", "201",    "--steps",      "1e300", "--record",
                              "log=1",    "--bias", "zero,matched", "--eta", "0.1,0.3,0.5"};
/// Some tenths of a second of one cell.
const Arguments one_cell = {"--trials", "3001", "--steps", "1e300", "--record", "log=1", "--bias", "matched"};
const Arguments requeued = {"--resume", "--checkpoint-every", "0.004"};

/// The same command line, killed at any moment and started again, comes to the bytes of a run that was left alone.
TEST(Checkpoint, SurvivesAHundredKills) {
  std::mt19937 random(20261123);
  const double start_up = run_logmargin({"--version"}).seconds;
  std::uniform_real_distribution<double> moment(0.5 * start_up, 2.0 * start_up + 0.03);
  const auto expected = Attempts(some_cells).uninterrupted();
  int kills = 0;
  int resumed = 0;
  int finished_runs = 0;
  double patience = 1.0;  // grows where a busy machine comes to no checkpoint
  while (kills < 100) {
    const Attempts attempts(some_cells);
    for (;;) {
      resumed += attempts.has_checkpoint() ? 1 : 0;
      const Finished finished =
          kills < 100 ? attempts.stopped(requeued, SIGKILL, patience * moment(random)) : attempts.run(requeued);
      if (finished.signal == SIGKILL) {
        ++kills;
        if (!attempts.has_checkpoint()) patience *= 1.1;
        continue;
      }
      ASSERT_EQ(finished.exit_status, 0) << finished.err;
      break;
    }
    ++finished_runs;
    ASSERT_TRUE(attempts.results() == expected) << "after " << kills << " kills";
  }
  std::cout << kills << " kills, " << resumed << " attempts from a checkpoint, " << finished_runs << " runs\n";
  EXPECT_GT(resumed, 10);
}

class StoppedBy : public ::testing::TestWithParam<int> {};

TEST_P(StoppedBy, SignalSavesFirstAndResumes) {
  const Attempts attempts(one_cell);
  const Finished stopped =
      attempts.stopped({"--checkpoint-every", "1h"}, GetParam(), 0.05, [&] { return attempts.runs(); });
  ASSERT_EQ(stopped.exit_status, 128 + GetParam()) << stopped.err;
  EXPECT_EQ(lines_of(stopped.err).size(), 1U) << stopped.err;
  EXPECT_NE(stopped.err.find("0 of 1 cells, "), std::string::npos) << stopped.err;
  EXPECT_NE(stopped.err.find("--resume continue"), std::string::npos) << stopped.err;
  EXPECT_EQ(names_in(attempts.out()), std::vector<std::string>{"checkpoint"});
  EXPECT_EQ(names_in(attempts.out() / "checkpoint"), std::vector<std::string>{"state.tally"});
  const Finished finished = attempts.run({"--resume"});
  EXPECT_EQ(finished.exit_status, 0) << finished.err;
  EXPECT_TRUE(attempts.results() == attempts.uninterrupted());
}

INSTANTIATE_TEST_SUITE_P(BySignal, StoppedBy, ::testing::Values(SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU),
                         [](const auto& instance) { return "SIG" + std::string(::sigabbrev_np(instance.param)); });

TEST(MaxTime, StopsWhatWouldTakeHours) {
  const Attempts attempts({"--trials", "1e6", "--steps", "1e7", "--stepping", "lockstep"});
  const Finished finished = attempts.run({"--max-time", "0.5"});
  EXPECT_EQ(finished.exit_status, 75) << finished.err;
  EXPECT_TRUE(attempts.has_checkpoint());
}

TEST(MaxTime, StopsAndResumesUntilAllIsDone) {
  const Attempts attempts(some_cells);
  const double start_up = run_logmargin({"--version"}).seconds;
  int stops = 0;
  for (; stops < 100; ++stops) {
    const double seconds = 2.0 * start_up + 0.1 + 0.15 * stops;
    const Finished finished = attempts.run({"--resume", "--max-time", std::to_string(seconds)});
    if (finished.exit_status == 0) break;
    ASSERT_EQ(finished.exit_status, 75) << finished.err;
    EXPECT_EQ(lines_of(finished.err).size(), 1U) << finished.err;
    EXPECT_NE(finished.err.find("--max-time is up; saved: "), std::string::npos) << finished.err;
  }
  EXPECT_GT(stops, 0);
  EXPECT_TRUE(attempts.results() == attempts.uninterrupted());
}

TEST(Resume, IsHarmlessBeforeAndAfter) {
  const Attempts attempts({"--trials", "50", "--steps", "100"});
  const Finished first = attempts.run({"--resume"});
  EXPECT_EQ(first.exit_status, 0) << first.err;
  const auto bytes = bytes_below(attempts.out());
  EXPECT_TRUE(attempts.results() == attempts.uninterrupted());
  const Finished second = attempts.run({"--resume"});
  EXPECT_EQ(second.exit_status, 0) << second.err;
  EXPECT_NE(second.err.find("there is nothing to resume"), std::string::npos) << second.err;
  EXPECT_TRUE(bytes_below(attempts.out()) == bytes);
}

TEST(Resume, KnowsAFinishedRunByASummaryWithTheLineEndsOfWindows) {
  const Attempts attempts({"--trials", "50", "--steps", "100"});
  EXPECT_EQ(attempts.run().exit_status, 0);
  std::string text;
  for (const std::string& line : lines_of(contents(attempts.out() / "summary.json"))) text += line + "\r\n";
  write_text(attempts.out() / "summary.json", text);
  const Finished again = attempts.run({"--resume"});
  EXPECT_EQ(again.exit_status, 0) << again.err;
  EXPECT_NE(again.err.find("there is nothing to resume"), std::string::npos) << again.err;
}

/// A run that was stopped, and what every attempt to continue it otherwise has to leave alone.
class StoppedRun : public ::testing::Test {
 protected:
  StoppedRun() : attempts_(some_cells) {
    const Finished stopped =
        attempts_.stopped({"--checkpoint-every", "0.004"}, SIGTERM, 0.0, [this] { return has_files_of_cells(); });
    EXPECT_EQ(stopped.exit_status, 128 + SIGTERM) << stopped.err;
    saved_ = bytes_below(attempts_.out());
    EXPECT_GE(saved_.size(), 3U) << "a state and a file of cells";
  }

  void expect_refusal(const Arguments& how, int exit_status, const std::vector<std::string>& parts) {
    const auto before = bytes_below(attempts_.out());
    const Finished finished = attempts_.run(how);
    const std::string line = ::testing::PrintToString(how);
    EXPECT_EQ(finished.exit_status, exit_status) << line << finished.err;
    EXPECT_EQ(lines_of(finished.err).size(), 1U) << finished.err;
    for (const std::string& part : parts) EXPECT_NE(finished.err.find(part), std::string::npos) << finished.err;
    EXPECT_TRUE(bytes_below(attempts_.out()) == before) << line;
  }

  bool has_files_of_cells() const {
    if (!attempts_.has_checkpoint()) return false;
    const std::vector<std::string> names = names_in(attempts_.out() / "checkpoint");
    return std::any_of(names.begin(), names.end(), [](const auto& name) { return name.starts_with("cells-"); });
  }

  std::string cells_file() const {
    for (const auto& [name, bytes] : saved_) {
      if (name.starts_with("checkpoint/cells-")) return name;
    }
    return "";
  }

  Attempts attempts_;
  std::map<std::string, std::string> saved_;
};

TEST_F(StoppedRun, IsNotContinuedWithOtherOptions) {
  for (const auto& [option, value] : std::vector<std::pair<std::string, std::string>>{{"--seed", "1"},
                                                                                      {"--trials", "202"},
                                                                                      {"--steps", "1e299"},
                                                                                      {"--eta", "0.1,0.3,0.6"},
                                                                                      {"--record", "log=2"},
                                                                                      {"--eps", "0.1"},
                                                                                      {"--data", "+1,-1;+2,-0.5"},
                                                                                      {"--stepping", "leap"},
                                                                                      {"--init", "pytorch"}}) {
    expect_refusal({"--resume", option, value}, 2, {"state.tally' is of another run: " + option + " is "});
  }
  expect_refusal({"--resume", "--shard", "0/2"}, 2, {"of another run: --shard is 0/1 there and 0/2 here"});
}

TEST_F(StoppedRun, IsNotOverwrittenUnlessForced) {
  expect_refusal({}, 2, {"it holds the checkpoint of a run; --resume continues that"});
  expect_refusal({"--checkpoint-every", "1"}, 2, {"it holds the checkpoint of a run"});
  EXPECT_EQ(attempts_.run({"--force"}).exit_status, 0);
  auto expected = attempts_.uninterrupted();
  auto results = attempts_.results();
  EXPECT_TRUE(results["cells.csv"] == expected["cells.csv"]);
  EXPECT_EQ(results.size(), expected.size()) << "no checkpoint is left";
}

TEST_F(StoppedRun, IsNotContinuedFromDamage) {
  for (const std::string& name : {std::string("checkpoint/state.tally"), cells_file()}) {
    const std::string bytes = saved_.at(name);
    const auto damaged = [&](const std::string& with, const std::string& what) {
      write_text(attempts_.out() / name, with);
      expect_refusal({"--resume"}, 3, {name.substr(name.find('/') + 1) + "' is refused: ", what});
    };
    damaged("", "it is no tally file");
    damaged("something else, of some length, but with no checkpoint in it at all", "it is no tally file");
    damaged(bytes.substr(0, bytes.size() / 2), "its end is missing");
    std::string flipped = bytes;
    flipped[bytes.size() / 3] ^= 0x10;
    damaged(flipped, "its checksum");
    std::string older = bytes;
    older[16] = 0;
    damaged(older, "it has version 0 of the format, and this program reads version 4");
    write_text(attempts_.out() / name, bytes);
  }
  write_text(attempts_.out() / cells_file(), saved_.at("checkpoint/state.tally"));
  expect_refusal({"--resume"}, 3, {"it is another kind of tally file"});
  std::filesystem::remove(attempts_.out() / cells_file());
  expect_refusal({"--resume"}, 3, {"cannot be read"});
  write_text(attempts_.out() / cells_file(), saved_.at(cells_file()));
  EXPECT_EQ(attempts_.run({"--resume"}).exit_status, 0);
  EXPECT_TRUE(attempts_.results() == attempts_.uninterrupted());
}

TEST_F(StoppedRun, IsContinuedByOneAtATime) {
  Attempts& attempts = attempts_;
  Surroundings surroundings = attempts.surroundings();
  const Arguments endless = {"sweep", "--stepping", "lockstep", "--steps",  "1e9",    "--trials",
                             "1e5",   "--out",      "other",    "--resume", "--quiet"};
  RunningProgram first(words_without_pictures(endless), surroundings);
  for (int i = 0; i < 500 && !std::filesystem::exists(surroundings.working_folder / "other/.x"); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    const auto other = surroundings.working_folder / "other";
    if (std::filesystem::exists(other) && !names_in(other).empty()) break;
  }
  const Finished second = run_logmargin(endless, surroundings);
  EXPECT_EQ(second.exit_status, 3);
  EXPECT_NE(second.err.find("'other' is in use by another run"), std::string::npos) << second.err;
  first.send(SIGTERM);
  EXPECT_EQ(first.wait().exit_status, 128 + SIGTERM);
}

TEST(Resume, RefusesAFolderThatItDidNotBegin) {
  const Attempts attempts({"--trials", "50", "--steps", "100"});
  std::filesystem::create_directory(attempts.out());
  write_text(attempts.out() / "mine", "mine");
  const Finished refused = attempts.run({"--resume"});
  EXPECT_EQ(refused.exit_status, 2);
  EXPECT_NE(refused.err.find("this one holds 'mine'"), std::string::npos) << refused.err;
  EXPECT_EQ(names_in(attempts.out()), std::vector<std::string>{"mine"});
  EXPECT_EQ(attempts.run({"--resume", "--force"}).exit_status, 0);
  EXPECT_EQ(contents(attempts.out() / "mine"), "mine");
  EXPECT_TRUE(std::filesystem::exists(attempts.out() / "summary.json"));
}

TEST(Checkpoint, IsNoLinkToAFolderOfSomebodyElse) {
  const Attempts attempts({"--trials", "50", "--steps", "100"});
  const std::filesystem::path theirs = attempts.out() / "../theirs";
  std::filesystem::create_directory(attempts.out());
  std::filesystem::create_directory(theirs);
  write_text(theirs / "state.tally", "theirs");
  for (const char* to : {"../theirs", "../nowhere"}) {
    std::filesystem::create_symlink(to, attempts.out() / "checkpoint");
    for (const Arguments& how : std::vector<Arguments>{{"--force"}, {"--resume"}, {"--resume", "--force"}}) {
      const Finished refused = attempts.run(how);
      EXPECT_EQ(refused.exit_status, 3) << refused.err;
      EXPECT_NE(refused.err.find("checkpoint' is a link"), std::string::npos) << refused.err;
      EXPECT_EQ(names_in(attempts.out()), std::vector<std::string>{"checkpoint"});
    }
    std::filesystem::remove(attempts.out() / "checkpoint");
  }
  EXPECT_EQ(contents(theirs / "state.tally"), "theirs");
}

TEST(Resume, RefusesASummaryThatIsNestedWithoutEnd) {
  const Attempts attempts({"--trials", "50", "--steps", "100"});
  std::filesystem::create_directory(attempts.out());
  const std::string nested = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  write_text(attempts.out() / "summary.json", "{\"config\":{\"eta\":" + nested + "},\n\"cells\":[]}");
  const Finished refused = attempts.run({"--resume"});
  EXPECT_EQ(refused.exit_status, 2) << refused.err;
  EXPECT_NE(refused.err.find("it is no summary of logmargin"), std::string::npos) << refused.err;
}

TEST(Resume, RefusesTheResultsOfAnotherRun) {
  const Attempts attempts({"--trials", "50", "--steps", "100"});
  ASSERT_EQ(attempts.run().exit_status, 0);
  const auto before = bytes_below(attempts.out());
  const Finished refused = attempts.run({"--resume", "--seed", "7"});
  EXPECT_EQ(refused.exit_status, 2);
  EXPECT_NE(refused.err.find("--seed is 0 there and 7 here"), std::string::npos) << refused.err;
  EXPECT_TRUE(bytes_below(attempts.out()) == before);
}

TEST(LongRunOptions, NeedAFolderAndATime) {
  for (const Arguments& how :
       std::vector<Arguments>{{"--resume"}, {"--max-time", "5"}, {"--checkpoint-every", "5"}, {"--shard", "0/2"}}) {
    Arguments arguments = {"sweep", "--trials", "5", "--steps", "5"};
    arguments.insert(arguments.end(), how.begin(), how.end());
    const Finished finished = run_logmargin(arguments);
    EXPECT_EQ(finished.exit_status, 2);
    EXPECT_NE(finished.err.find(how[0] + ": it needs --out DIR"), std::string::npos) << finished.err;
  }
  const Attempts attempts({"--trials", "5", "--steps", "5"});
  for (const char* option : {"--max-time", "--checkpoint-every", "--shard"}) {
    const Finished finished = attempts.run({option, "soon"});
    EXPECT_EQ(finished.exit_status, 2);
    EXPECT_NE(finished.err.find(std::string(option) + ": 'soon' is not allowed; "), std::string::npos) << finished.err;
    EXPECT_FALSE(std::filesystem::exists(attempts.out()));
  }
}

}  // namespace
}  // namespace logmargin::testing::checkpoint_test
