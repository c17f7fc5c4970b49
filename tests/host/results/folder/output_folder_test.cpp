#include "host/results/folder/output_folder.hpp"

#include <gtest/gtest.h>

#include "host/error.hpp"
#include "tests/host/results/scratch_folder.hpp"

namespace logmargin::output_folder_test {
namespace {

using Names = std::vector<std::string>;
using testing::contents;
using testing::names_in;
using testing::ScratchFolder;
using testing::write_text;

void write_results(const std::filesystem::path& path, bool force) {
  OutputFolder folder(path, force);
  folder.add_file("one").write("1");
  folder.add_file("two").write("2");
  folder.publish();
}

TEST(OutputFolder, IsMadeWithItsParents) {
  const ScratchFolder scratch;
  write_results(scratch / "a/b/c", false);
  EXPECT_EQ(names_in(scratch / "a/b/c"), (Names{"one", "two"}));
  EXPECT_EQ(contents(scratch / "a/b/c/two"), "2");
}

TEST(OutputFolder, TakesAnEmptyFolderAndATrailingSlash) {
  const ScratchFolder scratch;
  std::filesystem::create_directory(scratch / "empty");
  write_results(scratch / "empty", false);
  EXPECT_EQ(names_in(scratch / "empty"), (Names{"one", "two"}));
  write_results((scratch / "new").string() + "/", false);
  EXPECT_EQ(names_in(scratch / "new"), (Names{"one", "two"}));
}

TEST(OutputFolder, ShowsNoFileUntilAllAreComplete) {
  const ScratchFolder scratch;
  OutputFolder folder(scratch / "out", false);
  folder.add_file("one").write("1");
  folder.add_file("two").write(std::string(200000, 'x'));
  EXPECT_FALSE(std::filesystem::exists(scratch / "out/one"));
  EXPECT_FALSE(std::filesystem::exists(scratch / "out/two"));
  folder.publish();
  EXPECT_EQ(names_in(scratch / "out"), (Names{"one", "two"}));
}

TEST(OutputFolder, RefusesAFileInItsPlace) {
  const ScratchFolder scratch;
  write_text(scratch / "file", "x");
  EXPECT_THROW(OutputFolder(scratch / "file", false), UsageError);
  EXPECT_THROW(OutputFolder(scratch / "file", true), UsageError);
  EXPECT_EQ(contents(scratch / "file"), "x");
}

TEST(OutputFolder, RefusesAFolderThatIsNotEmptyUnlessForced) {
  const ScratchFolder scratch;
  write_text(scratch / "one", "old");
  write_text(scratch / "other", "mine");
  EXPECT_THROW(OutputFolder(scratch.path(), false), UsageError);
  EXPECT_EQ(contents(scratch / "one"), "old");
  write_results(scratch.path(), true);
  EXPECT_EQ(contents(scratch / "one"), "1");
  EXPECT_EQ(contents(scratch / "other"), "mine");
  EXPECT_EQ(names_in(scratch.path()), (Names{"one", "other", "two"}));
}

TEST(OutputFolder, LeavesAFolderAsItWasWhenAbandoned) {
  const ScratchFolder scratch;
  write_text(scratch / "one", "old");
  {
    OutputFolder folder(scratch.path(), true);
    folder.add_file("one").write("new");
    folder.add_file("two").write("new");
  }
  EXPECT_EQ(names_in(scratch.path()), Names{"one"});
  EXPECT_EQ(contents(scratch / "one"), "old");
}

TEST(OutputFolder, RemovesTheFoldersItMadeWhenAbandoned) {
  const ScratchFolder scratch;
  std::filesystem::create_directory(scratch / "mine");
  {
    OutputFolder folder(scratch / "mine/a/b/c", false);
    folder.add_file("one").write("1");
    EXPECT_TRUE(std::filesystem::is_directory(scratch / "mine/a/b/c"));
  }
  EXPECT_EQ(names_in(scratch / "mine"), Names{});
  EXPECT_EQ(names_in(scratch.path()), Names{"mine"}) << "a folder that was there before stays";
}

TEST(OutputFolder, KeepsAFolderThatSomeoneElseUsedMeanwhile) {
  const ScratchFolder scratch;
  {
    OutputFolder folder(scratch / "a/b", false);
    write_text(scratch / "a/theirs", "theirs");
  }
  EXPECT_EQ(names_in(scratch / "a"), Names{"theirs"});
}

TEST(OutputFolder, SaysSoWhenAFolderCannotBeMade) {
  const ScratchFolder scratch;
  write_text(scratch / "file", "x");
  EXPECT_THROW(OutputFolder(scratch / "file/below", false), FileError);
  const std::string too_long(300, 'n');
  EXPECT_THROW(OutputFolder(scratch.path() / "a" / too_long, false), FileError);
  EXPECT_EQ(names_in(scratch.path()), Names{"file"}) << "the part that could be made is gone again";
}

TEST(OutputFolder, PublishesAllFilesOrNone) {
  const ScratchFolder scratch;
  std::filesystem::create_directories(scratch / "two/in-the-way");
  EXPECT_THROW(write_results(scratch.path(), true), FileError);
  EXPECT_EQ(names_in(scratch.path()), Names{"two"});
}

TEST(OutputFolder, TakesAnyPath) {
  const ScratchFolder scratch;
  for (const std::string name : {"with space", "quote'\"s", "größe/大きさ", "-dash", "./dots/../here"}) {
    write_results(scratch / name, false);
    EXPECT_EQ(contents((scratch / name / "one").lexically_normal()), "1") << name;
  }
}

}  // namespace
}  // namespace logmargin::output_folder_test
