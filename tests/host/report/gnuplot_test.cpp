#include "host/report/gnuplot.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "tests/host/output/scratch_folder.hpp"

namespace logmargin::testing {
namespace {

namespace files = std::filesystem;

/// PATH, put back at the end.
class PathOfPrograms {
 public:
  explicit PathOfPrograms(const files::path& path) : before_(::getenv("PATH")) { ::setenv("PATH", path.c_str(), 1); }
  ~PathOfPrograms() { ::setenv("PATH", before_.c_str(), 1); }
  PathOfPrograms(const PathOfPrograms&) = delete;
  PathOfPrograms& operator=(const PathOfPrograms&) = delete;

 private:
  std::string before_;
};

void write_program(const files::path& path, const std::string& text) {
  write_text(path, text);
  files::permissions(path, files::perms::owner_all);
}

TEST(RunGnuplot, SaysThatItIsNotInstalled) {
  const ScratchFolder scratch;
  const PathOfPrograms path(scratch.path());
  const ToolRun run = run_gnuplot(scratch.path(), {}, 10.0);
  EXPECT_FALSE(run.ended_well);
  EXPECT_NE(run.trouble.find("not installed"), std::string::npos) << run.trouble;
}

TEST(RunGnuplot, SaysThatItFailed) {
  const ScratchFolder scratch;
  write_program(scratch / "gnuplot", "#!/bin/sh\nexit 7\n");
  const PathOfPrograms path(scratch.path());
  EXPECT_EQ(run_gnuplot(scratch.path(), {}, 10.0).trouble, "gnuplot failed with status 7");
}

TEST(RunGnuplot, EndsOneThatHangs) {
  const ScratchFolder scratch;
  write_program(scratch / "gnuplot", "#!/bin/sh\nwhile :; do :; done\n");
  const PathOfPrograms path(scratch.path());
  EXPECT_EQ(run_gnuplot(scratch.path(), {}, 0.2).trouble, "gnuplot did not end within 0.2 s");
}

TEST(RunGnuplot, PassesTheScriptsInTheFolder) {
  const ScratchFolder scratch;
  write_program(scratch / "gnuplot", "#!/bin/sh\necho \"$@\" > seen\n");
  const PathOfPrograms path(scratch.path());
  EXPECT_TRUE(run_gnuplot(scratch.path(), {"a b.gp", "c;d.gp"}, 10.0).ended_well);
  EXPECT_EQ(contents(scratch / "seen"), "a b.gp c;d.gp\n");
}

}  // namespace
}  // namespace logmargin::testing
