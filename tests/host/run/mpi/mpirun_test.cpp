#include <gtest/gtest.h>

#include <cmath>
#include <csignal>
#include <fstream>

#include "tests/program/folder_bytes.hpp"

namespace logmargin::testing::mpirun_test {
namespace {

constexpr std::array<const char*, 3> numbers = {"cells.csv", "trajectory.csv", "histograms.csv"};

/// The words that start so many ranks of logmargin, with no gnuplot to be found. More ranks than cores are wanted here,
/// and root is who runs tests in containers.
/// Jobs keep their sockets in a folder of their own: of two that start at once one may find that the other has just
/// made the folder that all of a user's jobs share, and give up.
Arguments ranks_words(unsigned ranks, const Arguments& arguments, const ScratchFolder& sockets) {
  Arguments words = {LOGMARGIN_MPIRUN,
                     "--oversubscribe",
                     "--allow-run-as-root",
                     "--mca",
                     "orte_tmpdir_base",
                     sockets.path().string(),
                     "-n",
                     std::to_string(ranks),
                     "/usr/bin/env",
                     "PATH=/nonexistent"};
  const Arguments program = logmargin_words(arguments);
  words.insert(words.end(), program.begin(), program.end());
  return words;
}

Finished run_ranks(unsigned ranks, const Arguments& arguments, const Surroundings& surroundings) {
  const ScratchFolder sockets;
  return RunningProgram(ranks_words(ranks, arguments, sockets), surroundings).wait();
}

/// The lines of the program itself; mpirun says that a process failed at some length.
std::vector<std::string> own_lines(const std::string& err) {
  std::vector<std::string> own;
  for (const std::string& line : lines_of(err)) {
    if (line.starts_with("logmargin: ")) own.push_back(line);
  }
  return own;
}

class Mpirun : public ::testing::Test {
 protected:
  Mpirun() { surroundings_.working_folder = folder_.path(); }

  Finished run(unsigned ranks, const Arguments& arguments) const { return run_ranks(ranks, arguments, surroundings_); }

  std::vector<std::string> numbers_in(const char* out) const {
    std::vector<std::string> bytes;
    for (const char* name : numbers) bytes.push_back(contents(folder_ / out / name));
    return bytes;
  }

  /// What a process alone makes of the options.
  std::vector<std::string> numbers_alone(Arguments arguments) const {
    arguments.insert(arguments.end(), {"--out", "alone"});
    const Finished finished = RunningProgram(words_without_pictures(arguments), surroundings_).wait();
    EXPECT_EQ(finished.exit_status, 0) << finished.err;
    return numbers_in("alone");
  }

  bool has_checkpoint(const char* out) const {
    return std::filesystem::exists(folder_ / out / "checkpoint/state.tally");
  }

  /// The process of that rank among those that were started in the folder; 0 for none.
  pid_t process_of_rank(unsigned rank) const {
    const std::string wanted = "OMPI_COMM_WORLD_RANK=" + std::to_string(rank);
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
      std::error_code ignored;
      if (std::filesystem::read_symlink(entry.path() / "cwd", ignored) != folder_.path()) continue;
      std::ifstream environment(entry.path() / "environ");
      for (std::string variable; std::getline(environment, variable, '\0');) {
        if (variable == wanted) return std::stoi(entry.path().filename());
      }
    }
    return 0;
  }

  ScratchFolder folder_;
  Surroundings surroundings_;
};

const Arguments two_cells = {"sweep",  "--quiet", "--trials", "1001",    "--steps",  "1e100",
                             "--bias", "matched", "--eta",    "0.1,0.5", "--record", "log=1"};
/// Some seconds, in blocks.
const Arguments long_run = {"sweep", "--quiet",  "--trials", "100000", "--steps",
                            "1e300", "--record", "log=1",    "--bias", "matched"};

Arguments with(Arguments arguments, const Arguments& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST_F(Mpirun, AnyNumberOfRanksGivesTheSameBytes) {
  const auto expected = numbers_alone(two_cells);
  for (const unsigned ranks : {1U, 2U, 3U, 4U, 7U}) {
    const Finished finished = run(ranks, with(two_cells, {"--out", "ranks", "--force"}));
    ASSERT_EQ(finished.exit_status, 0) << finished.err;
    EXPECT_EQ(lines_of(finished.err).size(), 1U) << finished.err;
    EXPECT_NE(finished.err.find("gnuplot is not installed"), std::string::npos) << finished.err;
    EXPECT_EQ(numbers_in("ranks"), expected) << ranks;
  }
  EXPECT_NE(contents(folder_ / "ranks/summary.json").find("7 ranks"), std::string::npos);
}

TEST_F(Mpirun, ListsOfTrialsHaveTheSameBytesToo) {
  if (!LOGMARGIN_LISTS_TRIALS) GTEST_SKIP() << "this build knows no HDF5";
  const Arguments lists = with(two_cells, {"--trials-out", "--trajectories", "gap,z", "--force"});
  numbers_alone(lists);
  const auto bytes_of = [&](const char* out) {
    return std::pair(contents(folder_ / out / "trials.h5"), contents(folder_ / out / "trajectories.h5"));
  };
  for (const unsigned ranks : {2U, 5U}) {
    const Finished finished = run(ranks, with(lists, {"--out", "ranks"}));
    ASSERT_EQ(finished.exit_status, 0) << finished.err;
    EXPECT_TRUE(bytes_of("ranks") == bytes_of("alone")) << ranks;
  }
  // They are saved with checkpoints, too.
  const Finished saved = run(3, with(lists, {"--out", "saved", "--checkpoint-every", "0.01"}));
  ASSERT_EQ(saved.exit_status, 0) << saved.err;
  EXPECT_TRUE(bytes_of("saved") == bytes_of("alone"));
}

TEST_F(Mpirun, OneRankAloneSpeaks) {
  const Finished finished = run(3, {"sweep", "--trials", "100", "--json"});
  ASSERT_EQ(finished.exit_status, 0) << finished.err;
  const std::string schema = "logmargin.summary/1";
  EXPECT_NE(finished.out.find(schema), std::string::npos);
  EXPECT_EQ(finished.out.find(schema), finished.out.rfind(schema));
  const Finished help = run(3, {"sweep", "--help"});
  EXPECT_EQ(help.exit_status, 0);
  EXPECT_EQ(help.out, run_logmargin({"sweep", "--help"}).out);
}

TEST_F(Mpirun, MistakesAreToldOnce) {
  const std::vector<std::pair<Arguments, std::string>> mistakes = {
      {{"sweep", "--trials", "0"}, "--trials: '0'"},
      {{"bench"}, "bench is done by one process"},
      {{"sweep", "--trials-out"}, "--trials-out: trials.h5 is written into the folder of --out DIR"},
      {{"sweep", "--out", "ranks", "--shard", "auto"}, "--shard: 'auto' is not allowed"}};
  for (const auto& [arguments, complaint] : mistakes) {
    const Finished finished = run(3, arguments);
    EXPECT_EQ(finished.exit_status, 2);
    const std::vector<std::string> lines = own_lines(finished.err);
    ASSERT_EQ(lines.size(), 1U) << finished.err;
    EXPECT_NE(lines[0].find(complaint), std::string::npos) << lines[0];
    EXPECT_EQ(finished.out, "");
    EXPECT_TRUE(names_in(folder_.path()).empty());
  }
}

TEST_F(Mpirun, StoppedInTimeAndResumedByAnotherNumberOfRanks) {
  const auto expected = numbers_alone(long_run);
  unsigned ranks = 3;
  int stops = 0;
  for (; stops < 60; ++stops) {
    const Finished finished =
        run(ranks,
            with(long_run, {"--out", "ranks", "--resume", "--max-time", std::to_string(0.6 * std::pow(1.5, stops))}));
    if (finished.exit_status == 0) break;
    ASSERT_EQ(finished.exit_status, 75) << finished.err;
    ASSERT_TRUE(has_checkpoint("ranks"));
    ranks = ranks % 4 + 1;
  }
  EXPECT_GT(stops, 0);
  EXPECT_EQ(numbers_in("ranks"), expected);
}

TEST_F(Mpirun, ARankThatDiesEndsTheJobAndLeavesTheCheckpoint) {
  const ScratchFolder sockets;
  RunningProgram job(ranks_words(3, with(long_run, {"--out", "ranks", "--checkpoint-every", "0.05"}), sockets),
                     surroundings_);
  for (int i = 0; i < 20'000 && !has_checkpoint("ranks"); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  const pid_t process = process_of_rank(2);
  ASSERT_GT(process, 0);
  ASSERT_EQ(::kill(process, SIGKILL), 0);
  const Finished finished = job.wait();
  EXPECT_NE(finished.exit_status, 0);
  EXPECT_NE(finished.err.find("signal 9"), std::string::npos) << finished.err;
  ASSERT_TRUE(has_checkpoint("ranks"));
  const Finished resumed = run(2, with(long_run, {"--out", "ranks", "--resume"}));
  ASSERT_EQ(resumed.exit_status, 0) << resumed.err;
  EXPECT_EQ(numbers_in("ranks"), numbers_alone(long_run));
}

TEST_F(Mpirun, RanksTrainGivenWeights) {
  std::string weights = "w1,b1,w2,b2\n";
  for (int i = 0; i < 901; ++i) {
    weights += std::to_string(0.01 * i - 3) + ",0.1," + std::to_string(2 - 0.005 * i) + ",-0.2\n";
  }
  write_text(folder_ / "weights.csv", weights);
  const Arguments given = {"sweep", "--quiet", "--theta", "weights.csv", "--eta", "0.1,0.5", "--record", "log=1"};
  const auto expected = numbers_alone(given);
  const Finished finished = run(3, with(given, {"--out", "ranks"}));
  ASSERT_EQ(finished.exit_status, 0) << finished.err;
  EXPECT_EQ(numbers_in("ranks"), expected);
  write_text(folder_ / "weights.csv", weights + "1,2,3\n");
  const Finished refused = run(3, with(given, {"--out", "refused"}));
  EXPECT_EQ(refused.exit_status, 2);
  const std::vector<std::string> lines = own_lines(refused.err);
  ASSERT_EQ(lines.size(), 1U) << refused.err;
  EXPECT_NE(lines[0].find("line 903 has 3 values"), std::string::npos) << lines[0];
}

TEST_F(Mpirun, AShardIsSharedByRanks) {
  const auto expected = numbers_alone(two_cells);
  for (const char* shard : {"0/2", "1/2"}) {
    const Finished finished = run(3, with(two_cells, {"--out", "shards", "--force", "--shard", shard}));
    ASSERT_EQ(finished.exit_status, 0) << finished.err;
  }
  const Finished merged = RunningProgram(words_without_pictures({"merge", "ranks", "shards"}), surroundings_).wait();
  ASSERT_EQ(merged.exit_status, 0) << merged.err;
  EXPECT_EQ(numbers_in("ranks"), expected);
}

}  // namespace
}  // namespace logmargin::testing::mpirun_test
