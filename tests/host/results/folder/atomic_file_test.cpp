#include "host/results/folder/atomic_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/error.hpp"
#include "tests/host/results/scratch_folder.hpp"

namespace logmargin::whole_file_test {
namespace {

using Names = std::vector<std::string>;
using testing::names_in;

/// Sets the file mode mask for as long as it lives.
class Umask {
 public:
  explicit Umask(mode_t mask) : previous_(::umask(mask)) {}
  ~Umask() { ::umask(previous_); }
  Umask(const Umask&) = delete;
  Umask& operator=(const Umask&) = delete;

 private:
  mode_t previous_;
};

TEST(AtomicFile, AppearsOnlyWhenPublished) {
  const testing::ScratchFolder folder;
  AtomicFile file(folder / "result.csv");
  file.write("a,b\n");
  file.write("1,2\n");
  EXPECT_FALSE(std::filesystem::exists(folder / "result.csv"));
  file.sync();
  EXPECT_FALSE(std::filesystem::exists(folder / "result.csv"));
  file.commit();
  EXPECT_EQ(names_in(folder.path()), (Names{"result.csv"}));
  EXPECT_EQ(testing::contents(folder / "result.csv"), "a,b\n1,2\n");
}

TEST(AtomicFile, KeepsEveryByteOfALongText) {
  const testing::ScratchFolder folder;
  std::string expected;
  {
    AtomicFile file(folder / "long");
    for (int i = 0; i < 100000; ++i) {
      const std::string piece = std::to_string(i) + std::string(static_cast<std::size_t>(i % 7), '\0');
      file.write(piece);
      expected += piece;
    }
    file.write(std::string(300000, 'x'));
    expected += std::string(300000, 'x');
    file.sync();
    file.commit();
  }
  EXPECT_TRUE(testing::contents(folder / "long") == expected);
}

TEST(AtomicFile, TakesBytesAtAnyPlace) {
  const testing::ScratchFolder folder;
  AtomicFile file(folder / "places");
  file.write_at(6, std::string("world"));
  file.write_at(0, std::string("hello"));
  std::string read(13, 'x');
  file.read_at(3, read);
  EXPECT_EQ(read, std::string("lo\0world", 8) + std::string(5, '\0')) << "zeros in the gap and past the end";
  file.resize(8);
  file.sync();
  file.commit();
  EXPECT_EQ(testing::contents(folder / "places"), std::string("hello\0wo", 8));
}

TEST(AtomicFile, LeavesNothingWhenAbandoned) {
  const testing::ScratchFolder folder;
  { AtomicFile(folder / "a").write("lost"); }
  EXPECT_EQ(names_in(folder.path()), Names{});
  {
    AtomicFile file(folder / "a");
    file.write(std::string(200000, 'x'));
    file.sync();
  }
  EXPECT_EQ(names_in(folder.path()), Names{});
}

TEST(AtomicFile, KeepsTheOldFileUntilPublished) {
  const testing::ScratchFolder folder;
  testing::write_text(folder / "a", "old");
  { AtomicFile(folder / "a").write("abandoned"); }
  EXPECT_EQ(testing::contents(folder / "a"), "old");
  AtomicFile file(folder / "a");
  file.write("new");
  file.sync();
  EXPECT_EQ(testing::contents(folder / "a"), "old");
  file.commit();
  EXPECT_EQ(testing::contents(folder / "a"), "new");
  EXPECT_EQ(names_in(folder.path()), Names{"a"});
}

TEST(AtomicFile, RespectsTheUmask) {
  const testing::ScratchFolder folder;
  for (const mode_t mask : {mode_t{0077}, mode_t{0022}, mode_t{0002}}) {
    const Umask umask(mask);
    const std::filesystem::path path = folder / ("mask" + std::to_string(mask));
    AtomicFile file(path);
    file.sync();
    file.commit();
    struct stat status {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0666U & ~mask);
  }
}

TEST(AtomicFile, DoesNotWriteThroughAPlantedLink) {
  const testing::ScratchFolder folder;
  testing::write_text(folder / "precious", "precious");
  std::filesystem::create_symlink(folder / "precious", folder / "a");
  AtomicFile file(folder / "a");
  file.write("new");
  file.sync();
  file.commit();
  EXPECT_EQ(testing::contents(folder / "precious"), "precious");
  EXPECT_EQ(testing::contents(folder / "a"), "new");
}

/// A killed run of the same process number, or one on another machine, may have left or be using a temporary name.
TEST(AtomicFile, DoesNotMindAnotherOfTheSameNameInProgress) {
  const testing::ScratchFolder folder;
  AtomicFile abandoned(folder / "a");
  abandoned.write("abandoned");
  AtomicFile file(folder / "a");
  file.write("complete");
  file.sync();
  file.commit();
  EXPECT_EQ(testing::contents(folder / "a"), "complete");
}

TEST(AtomicFile, NamesTheFileItCannotMake) {
  const testing::ScratchFolder folder;
  const std::string path = (folder / "absent/a.csv").string();
  try {
    const AtomicFile file(path);
    FAIL() << "nothing was thrown";
  } catch (const FileError& error) {
    EXPECT_NE(std::string(error.what()).find("'" + path + "' cannot be written"), std::string::npos) << error.what();
  }
}

TEST(AtomicFile, SaysSoWhenItCannotTakeItsName) {
  const testing::ScratchFolder folder;
  {
    AtomicFile file(folder / "a");
    file.sync();
    std::filesystem::create_directory(folder / "a");
    EXPECT_THROW(file.commit(), FileError);
  }
  EXPECT_EQ(names_in(folder.path()), Names{"a"});
  EXPECT_TRUE(std::filesystem::is_directory(folder / "a"));
}

TEST(AtomicFile, TakesAnyFileName) {
  const testing::ScratchFolder folder;
  for (const std::string name : {"with space", "quote'\"s", "größe-大きさ", "-dash", "%s{}\\n", "\xff\xfe"}) {
    AtomicFile file(folder / name);
    file.write(name);
    file.sync();
    file.commit();
    EXPECT_EQ(testing::contents(folder / name), name);
  }
  EXPECT_EQ(names_in(folder.path()).size(), 6U);
}

TEST(Leftover, IsATemporaryNameOfAKnownForm) {
  EXPECT_EQ(name_of_stale_file(".cells.csv.4711.0.partial"), "cells.csv");
  for (const char* name : {"cells.csv", ".partial", "..partial", ".x.partial", ".x.1.partial", ".x.1.y.partial",
                           ".x..1.partial", "x.1.1.partial", ".x.1.1.part", ".x.1.1.partial2"}) {
    EXPECT_EQ(name_of_stale_file(name), std::nullopt) << name;
  }
}

TEST(Leftover, IsWhatAnUnfinishedFileIsCalled) {
  const testing::ScratchFolder scratch;
  const AtomicFile file(scratch / "a.b.c");
  EXPECT_EQ(name_of_stale_file(names_in(scratch.path()).at(0)), "a.b.c");
}

TEST(SettleNames, IsAFileErrorWhereThereIsNoFolder) {
  const testing::ScratchFolder scratch;
  EXPECT_NO_THROW(sync_folder(scratch.path()));
  EXPECT_THROW(sync_folder(scratch / "none"), FileError);
}

}  // namespace
}  // namespace logmargin::whole_file_test
