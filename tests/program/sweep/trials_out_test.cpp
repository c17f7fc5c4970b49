#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/program/sweep/sweep_run.hpp"

namespace logmargin::testing::trials_out_test {
namespace {

using Json = nlohmann::json;

/// The folder of one sweep with --trials-out.
struct Folder : SweepRun {
  explicit Folder(const Arguments& options) : SweepRun(with_options({"--trials-out"}, options)) {}
  std::string bytes() const { return SweepRun::bytes("trials.h5"); }
  TrialsReader reader() const { return SweepRun::reader("trials.h5"); }
};

/// Several chunks and data that leap, that leap in part, and that do not.
const std::vector<Arguments> sweeps = {
    {"--trials", "17001", "--steps", "20", "--record", "0", "--bias", "normal=0.5"},
    {"--trials", "203", "--steps", "1e300", "--record", "log=1", "--bias", "matched", "--data", "+1,-1;+2,-1"},
    {"--trials", "99", "--steps", "1000", "--stepping", "lockstep", "--eta", "0.1,30,1e300", "--data", "2,-0.25"},
    {"--trials", "300", "--steps", "1000", "--precision", "mixed", "--init", "pytorch,uniform=2"},
};

TEST(TrialsOut, HasTheSameBytesWhateverTheThreadsAndLanes) {
  for (const Arguments& sweep : sweeps) {
    const std::string reference = Folder(with_options(sweep, {"--threads", "1"})).bytes();
    unsigned threads = 1;
    for (const std::string& device : cpu_devices()) {
      const Arguments how = {"--device", device, "--threads", std::to_string(++threads)};
      EXPECT_TRUE(Folder(with_options(sweep, how)).bytes() == reference)
          << ::testing::PrintToString(with_options(sweep, how));
    }
  }
}

TEST(TrialsOut, ChangesNoOtherResult) {
  const Folder with(sweeps[1]);
  const ScratchFolder scratch;
  ASSERT_EQ(
      run_logmargin(with_options({"sweep", "--quiet", "--out", (scratch / "out").string()}, sweeps[1])).exit_status, 0);
  for (const std::string name : {"out/cells.csv", "out/trajectory.csv"}) {
    EXPECT_TRUE(contents(scratch / name) == contents(with.scratch / name)) << name;
  }
}

/// How many are finite, and the extremes: what cells.csv has exactly.
void expect_same_distribution(const std::vector<double>& values, const CsvTable& cells, std::size_t row,
                              const std::string& name) {
  std::uint64_t count = 0;
  double min = HUGE_VAL;
  double max = -HUGE_VAL;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    ++count;
    min = std::min(min, value);
    max = std::max(max, value);
  }
  EXPECT_EQ(cells.number(row, name + "_count"), static_cast<double>(count)) << name;
  if (count == 0) return;
  EXPECT_EQ(cells.number(row, name + "_min"), min) << name;
  EXPECT_EQ(cells.number(row, name + "_max"), max) << name;
}

TEST(TrialsOut, HoldsTheNumbersThatCellsCsvSumsUp) {
  for (const Arguments& sweep : sweeps) {
    const Folder folder(sweep);
    const TrialsReader reader = folder.reader();
    const CsvTable cells = folder.cells();
    const std::vector<std::string> groups = reader.names();
    ASSERT_EQ(groups.size(), cells.rows());
    for (std::size_t row = 0; row < groups.size(); ++row) {
      SCOPED_TRACE(::testing::PrintToString(sweep) + groups[row]);
      EXPECT_EQ(reader.text(groups[row], "init"), cells.at(row, "init"));
      EXPECT_EQ(reader.text(groups[row], "data"), cells.at(row, "data"));
      EXPECT_EQ(reader.number(groups[row], "eta"), cells.number(row, "eta"));
      const auto column = [&](const std::string& name) { return groups[row] + "/" + name; };
      for (const char* name : {"dip_margin_min", "dip_log10_t_min", "C", "C_theory", "C_ratio", "C_r2", "log_exponent",
                               "power_exponent", "log10_t_eps_0.1", "log10_t_eps_0.001"}) {
        expect_same_distribution(reader.numbers(column(name)), cells, row, name);
      }
      std::map<std::string, std::size_t> counts;
      for (const std::string& outcome : reader.categories(column("outcome"))) ++counts[outcome];
      for (const char* outcome : {"converging", "stuck", "transient", "diverged", "frozen", "dormant", "unresolved"}) {
        EXPECT_EQ(cells.number(row, outcome), static_cast<double>(counts[outcome])) << outcome;
      }
      std::size_t never_above = 0;
      for (const double time : reader.numbers(column("log10_t_eps_0.1"))) {
        if (std::isinf(time) && time < 0.0) ++never_above;
      }
      EXPECT_EQ(cells.number(row, "log10_t_eps_0.1_never_above"), static_cast<double>(never_above));
    }
  }
}

/// JSON has no NaN.
void expect_same_number(double listed, const Json& replayed, const std::string& what) {
  if (replayed.is_null()) {
    EXPECT_FALSE(std::isfinite(listed)) << what;
  } else {
    EXPECT_EQ(listed, replayed.get<double>()) << what;
  }
}

TEST(TrialsOut, IsRepeatedFromASummaryWhereThereIsAPlaceForIt) {
  const Folder folder({"--trials", "50", "--steps", "100"});
  const std::string summary = (folder.scratch / "out/summary.json").string();
  const std::filesystem::path again = folder.scratch / "again";
  const Finished repeated = run_logmargin({"sweep", "--config", summary, "--quiet", "--out", again.string()});
  ASSERT_EQ(repeated.exit_status, 0) << repeated.err;
  EXPECT_TRUE(contents(again / "trials.h5") == folder.bytes());
  const Finished nowhere = run_logmargin({"sweep", "--config", summary, "--quiet"});
  EXPECT_EQ(nowhere.exit_status, 0) << nowhere.err;
  const std::filesystem::path part = folder.scratch / "part";
  const Finished shard =
      run_logmargin({"sweep", "--config", summary, "--quiet", "--shard", "0/2", "--out", part.string()});
  EXPECT_EQ(shard.exit_status, 0) << shard.err;
  const Finished replayed = run_logmargin({"replay", "--config", summary, "--trial", "3"});
  EXPECT_EQ(replayed.exit_status, 0) << replayed.err;
}

TEST(TrialsOut, ItsIndexAndSeedReplayTheSameNetwork) {
  const Arguments cell = {"--trials", "500",    "--steps", "1e5",    "--init", "xavier-uniform", "--bias",
                          "matched",  "--seed", "77",      "--data", "+2,-1",  "--eps",          "0.05,1e-2"};
  const Folder folder(cell);
  const TrialsReader reader = folder.reader();
  EXPECT_EQ(reader.number("/", "seed"), 77.0);
  const auto column = [&](const std::string& name) { return reader.numbers("cell_000000/" + name); };
  const std::vector<std::string> outcomes = reader.categories("cell_000000/outcome");
  for (const std::size_t trial : {0U, 3U, 4U, 255U, 499U}) {
    ASSERT_EQ(column("trial")[trial], static_cast<double>(trial));
    const Finished finished =
        run_logmargin(with_options({"replay", "--format", "json", "--trial", std::to_string(trial)}, cell));
    ASSERT_EQ(finished.exit_status, 0) << finished.err;
    const Json story = Json::parse(finished.out);
    const Json network = story["network"];
    const Json first = story["rows"].front();
    const Json last = story["rows"].back();
    ASSERT_EQ(last["t"], 1e5);
    EXPECT_EQ(outcomes[trial], network["outcome"]) << trial;
    for (const std::size_t i : {0U, 1U, 2U, 3U}) {
      const std::string name = std::vector<std::string>{"w1", "b1", "w2", "b2"}[i];
      expect_same_number(column(name + "_initial")[trial], network["theta"][i], name);
    }
    for (const std::string name : {"z11", "z12", "z21", "z22"}) {
      expect_same_number(column(name + "_initial")[trial], first[name], name);
      expect_same_number(column(name + "_final")[trial], last[name], name);
    }
    if (std::isfinite(column("margin")[trial])) expect_same_number(column("margin")[trial], last["margin"], "margin");
    if (network["outcome"] != "converging") continue;
    expect_same_number(column("C_theory")[trial], network["c_theory"], "C");
    expect_same_number(column("dip_margin_min")[trial], network["dip"]["margin_min"], "dip");
    expect_same_number(column("dip_log10_t_min")[trial], network["dip"]["log10_t_min"], "dip's t");
    for (const std::string text : {"0.05", "1e-2"}) {
      expect_same_number(column("log10_t_eps_" + text)[trial], network["log10_t_eps"][text], text);
    }
  }
}

TEST(TrialsOut, OpensInH5dump) {
  if (std::system("command -v h5dump >/dev/null 2>&1") != 0) GTEST_SKIP() << "h5dump is not installed";
  const Folder folder({"--trials", "5", "--steps", "100"});
  const Finished dump = RunningProgram({"/bin/sh", "-c", "exec h5dump -d /cell_000000/outcome \"$0\"",
                                        (folder.scratch / "out/trials.h5").string()})
                            .wait();
  EXPECT_EQ(dump.exit_status, 0) << dump.err;
  for (const char* part : {"H5T_ENUM", "\"converging\"", "(0): ", "DATASPACE  SIMPLE { ( 5 )", "description"}) {
    EXPECT_NE(dump.out.find(part), std::string::npos) << dump.out;
  }
}

TEST(TrialsOut, MemoryDoesNotGrowWithTrials) {
  if (LOGMARGIN_PROGRAM_IS_SANITIZED) GTEST_SKIP() << "the address sanitizer keeps freed memory";
  const ScratchFolder scratch;
  Surroundings surroundings;
  surroundings.working_folder = scratch.path();
  const Finished finished = run_logmargin({"sweep", "--trials", "4e5", "--steps", "10", "--record", "0", "--eps", "0.1",
                                           "--threads", "2", "--quiet", "--out", "out", "--trials-out"},
                                          surroundings);
  EXPECT_EQ(finished.exit_status, 0) << finished.err;
  // The rows alone are 83 MB.
  EXPECT_LT(finished.peak_memory_kib, 70 * 1024);
  EXPECT_EQ(TrialsReader(scratch / "out/trials.h5").numbers("cell_000000/trial").size(), 400000U);
}

}  // namespace
}  // namespace logmargin::testing::trials_out_test
