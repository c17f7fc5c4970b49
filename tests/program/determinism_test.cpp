#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/csv_rows.hpp"
#include "tests/program/program.hpp"
#include "tests/support/fewer_under_sanitizers.hpp"

namespace logmargin::testing::determinism_test {
namespace {

/// What the contract covers: cells.csv, trajectory.csv and the cells of summary.json, byte by byte.
struct Results {
  std::string cells_csv, trajectory_csv, summary_cells;
  std::string stepping;  ///< how many steps were leapt, which the reference does not count
};

Results results_of(Arguments arguments, const Arguments& others) {
  const ScratchFolder scratch;
  arguments.insert(arguments.begin(), {"sweep", "--quiet", "--out", (scratch / "out").string()});
  arguments.insert(arguments.end(), others.begin(), others.end());
  const Finished finished = run_logmargin(arguments);
  if (finished.exit_status != 0) throw std::runtime_error(finished.err);
  const std::string summary = contents(scratch / "out/summary.json");
  const std::size_t start = summary.find("\"cells\":");
  const std::size_t end = summary.find("\"stepping\":", start);
  if (start == std::string::npos || end == std::string::npos || end < start) throw std::runtime_error("no cells");
  return {contents(scratch / "out/cells.csv"), contents(scratch / "out/trajectory.csv"),
          summary.substr(start, end - start), summary.substr(end, summary.find("\"timing\":", end) - end)};
}

void expect_same(const Results& a, const Results& b, const Arguments& how) {
  EXPECT_TRUE(a.cells_csv == b.cells_csv) << ::testing::PrintToString(how);
  EXPECT_TRUE(a.trajectory_csv == b.trajectory_csv) << ::testing::PrintToString(how);
  EXPECT_TRUE(a.summary_cells == b.summary_cells) << ::testing::PrintToString(how);
  EXPECT_EQ(a.stepping, b.stepping) << ::testing::PrintToString(how);
}

/// Numbers of threads to compare with one thread of single lanes: a single one under sanitizers, which are slow.
std::vector<std::string> thread_counts() {
  if (under_sanitizers) return {"3"};
  return {"1", "2", "3", "7"};
}

/// Each of these numbers of threads and every kind of lane that this machine has give the bytes of the reference.
void expect_same_everywhere(const Arguments& sweep) {
  const Results reference = results_of(sweep, {"--device", "cpu:scalar", "--threads", "1"});
  Results of_reference_engine = results_of(sweep, {"--device", "reference"});
  of_reference_engine.stepping = reference.stepping;
  expect_same(of_reference_engine, reference, {"--device", "reference"});
  for (const std::string& threads : thread_counts()) {
    const Arguments how = {"--threads", threads};
    expect_same(results_of(sweep, how), reference, how);
  }
  for (const std::string& device : cpu_devices()) {
    const Arguments how = {"--device", device, "--threads", "2"};
    expect_same(results_of(sweep, how), reference, how);
  }
}

std::string trials(int count) { return std::to_string(fewer_under_sanitizers(count)); }

TEST(Determinism, OverInitialisationsRecordedByDecade) {
  expect_same_everywhere({"--init", "he-normal,xavier-uniform,normal=0.3", "--trials", trials(3001), "--steps", "1000",
                          "--record", "log=8"});
}

TEST(Determinism, OverBiasesRecordedAtEveryStep) {
  expect_same_everywhere({"--init", "he-uniform", "--bias", "zero,matched,uniform=1", "--trials", trials(1001),
                          "--steps", "300", "--record", "every=1", "--seed", "77"});
}

TEST(Determinism, OverDataRecordedAtAList) {
  expect_same_everywhere({"--data", "+1,-1;2,0.5;0.3,-1.7", "--eta", "0.8", "--bias", "normal=0.4", "--trials",
                          trials(1999), "--steps", "1000", "--record", "0,3,17,100,999"});
}

TEST(Determinism, OfLeapsToTheFarthestHorizon) {
  for (const char* stepping : {"leap", "auto"}) {
    expect_same_everywhere({"--steps", "1e300", "--record", "log=1", "--stepping", stepping, "--bias", "matched",
                            "--data", "+1,-1;+2,-1", "--trials", "64"});
  }
}

TEST(Determinism, InLockstep) {
  expect_same_everywhere({"--steps", "1000", "--stepping", "lockstep", "--bias", "normal=1", "--data", "+1,-1;+2,-0.25",
                          "--trials", "300"});
}

TEST(Determinism, OverStepSizesThatDiverge) {
  expect_same_everywhere({"--eta", "1e-3,30,1e300", "--bias", "matched", "--trials", "257", "--steps", "500"});
}

/// One thread takes these recorded t in one pass over the trials, more threads in several.
TEST(Determinism, OverPasses) {
  const Arguments sweep = {"--trials", "203", "--steps", "1500", "--record", "every=1", "--bias", "normal=1"};
  const Results reference = results_of(sweep, {"--threads", "1"});
  for (const std::string& threads : thread_counts()) {
    const Arguments how = {"--threads", threads};
    expect_same(results_of(sweep, how), reference, how);
  }
}

/// The lines of a trajectory with these t, and its header, without the local exponent, which is a slope from the
/// recorded t before.
std::string lines_at(const std::string& trajectory, const std::vector<std::string>& times) {
  const CsvTable table(trajectory);
  const std::vector<std::string> lines = lines_of(trajectory);
  const auto states = [](const std::string& line) {
    std::size_t end = line.size();
    for (int column = 0; column < 11; ++column) end = line.rfind(',', end - 1);
    return line.substr(0, end) + "\n";
  };
  EXPECT_TRUE(lines.at(0).substr(states(lines.at(0)).size()).starts_with("local_log_exponent_count"));
  std::string kept = states(lines.at(0));
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string& t = table.at(row, "t");
    if (std::find(times.begin(), times.end(), t) != times.end()) kept += states(lines.at(row + 1));
  }
  return kept;
}

TEST(Determinism, ManyPassesShowTheSameStatesAsOne) {
  const Arguments sweep = {"--trials", "200", "--steps", "10000"};
  const std::vector<std::string> times = {"0", "1", "2", "1637", "1638", "1639", "5000", "9999", "10000"};
  std::string list;
  for (const std::string& t : times) list += (list.empty() ? "" : ",") + t;
  const Results many = results_of(sweep, {"--record", "every=1"});
  const Results one = results_of(sweep, {"--record", list});
  EXPECT_EQ(CsvTable(many.trajectory_csv).rows(), 10001U);
  EXPECT_EQ(lines_of(one.trajectory_csv).size(), times.size() + 1);
  EXPECT_TRUE(lines_at(many.trajectory_csv, times) == lines_at(one.trajectory_csv, times));
}

TEST(Determinism, TheSeedIsWhatChangesTheDraws) {
  const Arguments sweep = {"--trials", "100", "--steps", "100"};
  const Results zero = results_of(sweep, {});
  expect_same(results_of(sweep, {"--seed", "0"}), zero, {});
  EXPECT_FALSE(results_of(sweep, {"--seed", "1"}).cells_csv == zero.cells_csv);
  EXPECT_FALSE(results_of(sweep, {"--seed", "4294967296"}).cells_csv == zero.cells_csv) << "all 64 bits count";
}

/// Trial i has the same draws in every cell, whatever the other cells are.
TEST(Determinism, ACellIsTheSameAloneAndAmongOthers) {
  const auto cell_line = [](const Results& results, std::size_t row) {
    const std::string line = lines_of(results.cells_csv).at(row + 1);
    return line.substr(line.find(','));
  };
  const Results together = results_of({"--trials", "500", "--steps", "200", "--eta", "0.1,0.2,0.4"}, {});
  const Results alone = results_of({"--trials", "500", "--steps", "200", "--eta", "0.4"}, {});
  EXPECT_EQ(cell_line(together, 2), cell_line(alone, 0));
}

}  // namespace
}  // namespace logmargin::testing::determinism_test
