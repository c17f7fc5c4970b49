#include "host/results/folder/folder_lock.hpp"

#include <gtest/gtest.h>

#include "host/error.hpp"
#include "tests/host/results/scratch_folder.hpp"

namespace logmargin::folder_lock_test {
namespace {

TEST(FolderLock, IsHadOnceAndFreedWithItsHolder) {
  const testing::ScratchFolder scratch;
  {
    const FolderLock lock(scratch.path());
    EXPECT_THROW(FolderLock(scratch.path()), FileError);
  }
  EXPECT_NO_THROW(FolderLock(scratch.path()));
}

}  // namespace
}  // namespace logmargin::folder_lock_test
