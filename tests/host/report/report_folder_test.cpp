#include <gtest/gtest.h>
#include <stdlib.h>

#include "tests/host/report/times_in.hpp"
#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/program.hpp"
#include "tests/support/fewer_under_sanitizers.hpp"

namespace logmargin::testing::report_folder_test {
namespace {

bool has_gnuplot() { return std::system("gnuplot --version >/dev/null 2>&1") == 0; }

struct Folder {
  explicit Folder(const Arguments& others) {
    const Finished finished = run_logmargin(
        with_options({"sweep", "--trials", "300", "--quiet", "--out", (scratch / "out").string()}, others));
    if (finished.exit_status != 0) throw std::runtime_error(finished.err);
  }
  std::string page() const { return contents(scratch / "out/report.html"); }
  Finished report() const { return run_logmargin({"report", (scratch / "out").string()}); }

  ScratchFolder scratch;
};

void expect_whole(const std::string& page) {
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>"));
  EXPECT_TRUE(page.ends_with("</html>\n"));
  EXPECT_NE(page.find("name=\"viewport\""), std::string::npos);
  EXPECT_NE(page.find("prefers-color-scheme: dark"), std::string::npos);
  EXPECT_EQ(page.find("http"), std::string::npos);
  EXPECT_EQ(page.find("<script"), std::string::npos);
}

TEST(Report, OfOneCellHasEveryPicture) {
  if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  const Folder folder({"--steps", "1e300"});
  const std::string page = folder.page();
  expect_whole(page);
  EXPECT_EQ(times_in(page, "<figure>"), 12U);
  EXPECT_EQ(times_in(page, "<svg "), 12U);
  EXPECT_EQ(times_in(page, "role=\"img\" aria-label="), 12U);
}

TEST(Report, MadeAgainIsTheSame) {
  const Folder folder({"--steps", "1e4", "--eta", "0.1,0.2", "--init", "he-normal,normal=1"});
  const std::string page = folder.page();
  expect_whole(page);
  const Finished again = folder.report();
  EXPECT_EQ(again.exit_status, 0) << again.err;
  EXPECT_TRUE(folder.page() == page);
  EXPECT_NE(page.find("Over pairs of axes"), std::string::npos);
  EXPECT_EQ(times_in(page, "<section "), 4U);
}

TEST(Report, OfMoreRecordedTimesThanAreDrawnSkipsTheirLines) {
  const Folder folder(
      {"--steps", std::to_string(fewer_under_sanitizers(5000)), "--record", "every=1", "--eta", "0.1:0.13:13"});
  const std::string page = folder.page();
  expect_whole(page);
  // Without line breaks there is nothing to skip.
  const std::filesystem::path file = folder.scratch / "out/summary.json";
  std::string text = contents(file);
  std::erase(text, '\n');
  write_text(file, text);
  const Finished again = folder.report();
  EXPECT_EQ(again.exit_status, 0) << again.err;
  EXPECT_TRUE(folder.page() == page);
}

TEST(Report, OfACellWithoutAConvergingNetworkSaysSo) {
  const Folder folder({"--steps", "10", "--trials", "1", "--seed", "1", "--data", "1,2"});
  const std::string page = folder.page();
  expect_whole(page);
  EXPECT_NE(page.find("No network converges here"), std::string::npos);
}

TEST(Report, WithoutGnuplotHasTheTables) {
  const Folder folder({"--steps", "1e4"});
  const std::string before = ::getenv("PATH");
  ::setenv("PATH", "/nowhere", 1);
  const Finished finished = folder.report();
  ::setenv("PATH", before.c_str(), 1);
  EXPECT_EQ(finished.exit_status, 0) << finished.err;
  EXPECT_NE(finished.err.find("gnuplot is not installed"), std::string::npos) << finished.err;
  const std::string page = folder.page();
  expect_whole(page);
  EXPECT_EQ(times_in(page, "<svg "), 0U);
  EXPECT_NE(page.find("gnuplot is not installed"), std::string::npos);
  EXPECT_NE(page.find("lowest margin (the dip)"), std::string::npos);
}

void expect_refused(const Folder& folder, const std::string& file) {
  const std::string page = folder.page();
  const Finished finished = folder.report();
  EXPECT_EQ(finished.exit_status, 3);
  EXPECT_EQ(lines_of(finished.err).size(), 1U) << finished.err;
  EXPECT_NE(finished.err.find(file), std::string::npos) << finished.err;
  EXPECT_TRUE(folder.page() == page);
}

TEST(Report, RefusesABrokenFolder) {
  const Folder folder({"--steps", "1e3"});
  const std::filesystem::path out = folder.scratch / "out";
  for (const std::string name : {"summary.json", "histograms.csv"}) {
    const std::string whole = contents(out / name);
    write_text(out / name, whole.substr(0, whole.size() / 2));
    expect_refused(folder, name);
    std::filesystem::remove(out / name);
    expect_refused(folder, name);
    write_text(out / name, whole);
  }
  std::string other = contents(out / "summary.json");
  other.replace(other.find("summary/1"), 9, "summary/9");
  write_text(out / "summary.json", other);
  expect_refused(folder, "summary.json");
}

TEST(Report, RefusesASummaryThatNoSweepWrote) {
  const Folder folder({"--steps", "1e3", "--eta", "0.1,0.2"});
  const std::filesystem::path file = folder.scratch / "out/summary.json";
  const std::string whole = contents(file);
  const std::string nested = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  const std::vector<std::pair<std::string, std::string>> changes = {
      {"\"threads\":", "\"x\":" + nested + ",\"threads\":"},
      {"\"eps\":", "\"x\":" + nested + ",\"eps\":"},
      {"\"trials\":300,\n", "\"trials\":1e300,\n"},
      {"\"stuck\":", "\"stuck\":-1,\"x\":"},
      {"\"log10_t_eps\":{\"0.1\":", "\"log10_t_eps\":{\"0.2\":"}};
  for (const auto& [from, to] : changes) {
    std::string other = whole;
    ASSERT_NE(other.find(from), std::string::npos) << from;
    other.replace(other.find(from), from.size(), to);
    write_text(file, other);
    expect_refused(folder, "summary.json");
  }
}

TEST(Report, LeavesNoFigureOfAnEarlierRun) {
  const Folder folder({"--steps", "1e3"});
  const std::filesystem::path figures = folder.scratch / "out/figures";
  for (const char* name :
       {"cell9-gap.svg", "map-init-eta-stuck.dat", "cell-mine.svg", "mine.gp", "map-europe.svg", "cell1-nucleus.pdf"}) {
    write_text(figures / name, "");
  }
  EXPECT_EQ(folder.report().exit_status, 0);
  EXPECT_FALSE(std::filesystem::exists(figures / "cell9-gap.svg"));
  EXPECT_FALSE(std::filesystem::exists(figures / "map-init-eta-stuck.dat"));
  for (const char* name : {"cell-mine.svg", "mine.gp", "map-europe.svg", "cell1-nucleus.pdf"}) {
    EXPECT_TRUE(std::filesystem::exists(figures / name)) << name << " is a user's own";
  }
  EXPECT_TRUE(std::filesystem::exists(figures / "cell0-gap.gp"));
}

TEST(Report, DrawsCellsOfOneConvergingNetwork) {
  if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  const ScratchFolder scratch;
  const Finished finished = run_logmargin({"sweep", "--trials", "8", "--steps", "1e6", "--eta", "0.1,0.2,0.3",
                                           "--quiet", "--out", (scratch / "out").string()});
  EXPECT_EQ(finished.exit_status, 0);
  EXPECT_EQ(finished.err, "");
  const std::string page = contents(scratch / "out/report.html");
  EXPECT_EQ(times_in(page, "<svg "), times_in(page, "<figure>"));
}

TEST(Report, DrawsPdfForPapers) {
  if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  const Folder folder({"--steps", "1e3"});
  const Finished finished = run_logmargin({"report", "--pdf", (folder.scratch / "out").string()});
  EXPECT_EQ(finished.exit_status, 0) << finished.err;
  EXPECT_EQ(finished.err, "");
  EXPECT_TRUE(contents(folder.scratch / "out/figures/cell0-gap.pdf").starts_with("%PDF-"));
}

/// gnuplot ends at a picture with nothing on its axes.
TEST(Report, DrawsWhatHasOnePointOrOneValue) {
  if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  for (const Arguments& options : std::vector<Arguments>{
           {"--steps", "3", "--record", "3"},
           {"--steps", "3", "--record", "3", "--eta", "1e-100,2e-100", "--init", "he-normal,normal=1"},
           {"--steps", "1", "--record", "1", "--eta", "0.1,0.2", "--init", "he-normal,normal=1"},
           {"--steps", "1e300", "--record", "1e300"},
           {"--optimizer", "ngd", "--eta", "1e-100"},
           {"--eta", "0.1,0.2", "--optimizer", "ngd,gd", "--init", "normal=1e-100,normal=1e100"},
           {"--eta", "0.1,0.1000000001", "--init", "normal=1e-100,normal=1.000000001e-100"}}) {
    const Folder folder(with_options({"--trials", "50"}, options));
    const Finished finished = run_logmargin({"report", "--pdf", (folder.scratch / "out").string()});
    const std::string line = ::testing::PrintToString(options);
    EXPECT_EQ(finished.exit_status, 0) << line << finished.err;
    EXPECT_EQ(finished.err, "") << line;
    EXPECT_EQ(times_in(folder.page(), "<svg "), times_in(folder.page(), "<figure>")) << line;
    EXPECT_GT(times_in(folder.page(), "<svg "), 2U) << line;
  }
}

TEST(Report, FailsWhereAPdfIsAskedForAndCannotBeDrawn) {
  const Folder folder({"--steps", "1e3"});
  write_text(
      folder.scratch / "gnuplot",
      "#!/bin/sh\ncase \"$*\" in *-pdf.gp*) echo '\"gap-pdf.gp\" line 3: unknown terminal' >&2; exit 1;; esac\n");
  std::filesystem::permissions(folder.scratch / "gnuplot", std::filesystem::perms::owner_all);
  const std::string before = ::getenv("PATH");
  ::setenv("PATH", folder.scratch.path().c_str(), 1);
  const Finished failed = run_logmargin({"report", "--pdf", (folder.scratch / "out").string()});
  const Finished without = run_logmargin({"report", (folder.scratch / "out").string()});
  ::setenv("PATH", "/nowhere", 1);
  const Finished missing = run_logmargin({"report", "--pdf", (folder.scratch / "out").string()});
  ::setenv("PATH", before.c_str(), 1);
  EXPECT_EQ(failed.exit_status, 3);
  EXPECT_EQ(lines_of(failed.err).size(), 1U) << failed.err;
  EXPECT_NE(failed.err.find("PDF pictures are missing: gnuplot failed with status 1: \"gap-pdf.gp\" line 3: unknown"),
            std::string::npos)
      << failed.err;
  EXPECT_EQ(without.exit_status, 0) << without.err;
  EXPECT_EQ(missing.exit_status, 3);
  EXPECT_NE(missing.err.find("gnuplot is not installed"), std::string::npos) << missing.err;
}

TEST(Report, RemovesWhatAKilledOneLeft) {
  const Folder folder({"--steps", "1e3"});
  const std::filesystem::path out = folder.scratch / "out";
  // No process has so large a number.
  std::filesystem::create_directory(out / ".figures.4194304.0.partial");
  write_text(out / ".figures.4194304.0.partial/outcomes.gp", "");
  write_text(out / ".report.html.4194304.0.partial", "");
  EXPECT_EQ(folder.report().exit_status, 0);
  for (const std::string& name : names_in(out)) EXPECT_FALSE(name.starts_with('.')) << name;
}

TEST(Report, ReadsFilesWithTheLineEndsOfWindows) {
  const Folder folder({"--steps", "1e3", "--eta", "0.1,0.2"});
  const std::string page = folder.page();
  for (const char* name : {"histograms.csv", "summary.json"}) {
    std::string text;
    for (const std::string& line : lines_of(contents(folder.scratch / "out" / name))) text += line + "\r\n";
    write_text(folder.scratch / "out" / name, text);
  }
  const Finished again = folder.report();
  EXPECT_EQ(again.exit_status, 0) << again.err;
  EXPECT_TRUE(folder.page() == page);
}

TEST(Report, IsAllThatResumeMakesWhereTheTimeWasUpForItAlone) {
  const ScratchFolder scratch;
  std::filesystem::create_directory(scratch / "bin");
  write_text(scratch / "bin/gnuplot", "#!/bin/sh\nwhile :; do :; done\n");
  std::filesystem::permissions(scratch / "bin/gnuplot", std::filesystem::perms::owner_all);
  const std::string out = (scratch / "out").string();
  Arguments words = {"sweep", "--trials", "64", "--steps", "100", "--out", out};
  words.insert(words.end(), {"--max-time", "3", "--checkpoint-every", "0.001", "--resume"});
  const std::string before = ::getenv("PATH");
  ::setenv("PATH", (scratch / "bin").c_str(), 1);
  const Finished stopped = run_logmargin(words);
  ::setenv("PATH", "/nowhere", 1);
  const std::filesystem::file_time_type written = std::filesystem::last_write_time(scratch / "out/summary.json");
  const Finished resumed = run_logmargin(words);
  ::setenv("PATH", before.c_str(), 1);
  EXPECT_EQ(stopped.exit_status, 75) << stopped.err;
  EXPECT_NE(stopped.err.find("the results are whole"), std::string::npos) << stopped.err;
  EXPECT_EQ(resumed.exit_status, 0) << resumed.err;
  EXPECT_NE(resumed.err.find("nothing to resume"), std::string::npos) << resumed.err;
  EXPECT_EQ(std::filesystem::last_write_time(scratch / "out/summary.json"), written);
  expect_whole(contents(scratch / "out/report.html"));
}

TEST(Report, AsksForAFolder) {
  const Finished finished = run_logmargin({"report"});
  EXPECT_EQ(finished.exit_status, 2);
  EXPECT_NE(finished.err.find("DIR"), std::string::npos) << finished.err;
}

}  // namespace
}  // namespace logmargin::testing::report_folder_test
