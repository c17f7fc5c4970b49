#include "host/results/trials/rows_file.hpp"

#include <gtest/gtest.h>

#include "host/error.hpp"
#include "tests/host/results/scratch_folder.hpp"

namespace logmargin::rows_file_test {
namespace {

using testing::ScratchFolder;

/// A layout with lists and trajectories, and rows of numbers that it allows.
class RowsFiles : public ::testing::Test {
 protected:
  RowsFiles()
      : schedule_(make_schedule(100.0, experiment_.record)),
        layout_(experiment_, schedule_, {TrajectoryColumn::gap, TrajectoryColumn::pattern}) {}

  std::vector<double> row_of(std::uint64_t trial) const {
    std::vector<double> row(layout_.width(), 1.0);
    row.front() = static_cast<double>(trial);
    row.back() = static_cast<double>(trial % 16);
    return row;
  }
  RowsFile write(const char* name, std::uint64_t first, std::uint64_t trials) const {
    std::vector<double> rows;
    for (std::uint64_t i = 0; i < trials; ++i) {
      const std::vector<double> row = row_of(first + i);
      rows.insert(rows.end(), row.begin(), row.end());
    }
    return write(name, rows);
  }
  RowsFile write(const char* name, const std::vector<double>& rows) const {
    AtomicFile file(folder_ / name);
    RowsFileWriter writer(file, layout_);
    writer.take(rows);
    file.sync();
    file.commit();
    return {name, writer.checksum()};
  }
  std::vector<double> fed(RowsReader& reader, const TrialRange& trials) const {
    std::vector<double> indices;
    reader.feed(trials, [&](std::span<const double> rows) {
      for (; !rows.empty(); rows = rows.subspan(layout_.width())) indices.push_back(rows.front());
    });
    return indices;
  }
  std::string refusal(const std::vector<RowsFile>& files, const TrialRange& trials) const {
    try {
      RowsReader reader(folder_.path(), files, layout_);
      fed(reader, trials);
      reader.require_end();
    } catch (const FileError& error) {
      return error.what();
    }
    return {};
  }

  Experiment experiment_;
  Schedule schedule_;
  TrialRows layout_;
  ScratchFolder folder_;
};

TEST_F(RowsFiles, AreReadAsIfTheyWereOne) {
  // More than is read at once, an empty file, and cells that begin within a file.
  RowsReader reader(folder_.path(), {write("a", 5, 3000), write("b", 0, 0), write("c", 3005, 2)}, layout_);
  const std::vector<double> first = fed(reader, {5, 2999});
  ASSERT_EQ(first.size(), 2999U);
  EXPECT_EQ(first.front(), 5.0);
  EXPECT_EQ(first.back(), 3003.0);
  EXPECT_EQ(fed(reader, {3004, 3}), (std::vector<double>{3004.0, 3005.0, 3006.0}));
  reader.require_end();
}

TEST_F(RowsFiles, AreRefusedWhereTheyAreNotOfTheTrials) {
  const RowsFile file = write("a", 0, 10);
  EXPECT_EQ(refusal({file}, {0, 10}), "");
  EXPECT_NE(refusal({file}, {0, 11}).find("rows of trials are missing"), std::string::npos);
  EXPECT_NE(refusal({file}, {0, 9}).find("more rows than there are trials"), std::string::npos);
  EXPECT_NE(refusal({file}, {1, 10}).find("its row of trial 1 makes no sense"), std::string::npos);
  EXPECT_NE(refusal({{file.name, file.checksum + 1}}, {0, 10}).find("damaged"), std::string::npos);
  EXPECT_NE(refusal({}, {0, 1}).find("rows of trials are missing"), std::string::npos);
}

/// Numbers that no run lists would become bytes and categories that mean something else.
TEST_F(RowsFiles, AreRefusedWhereANumberMakesNoSense) {
  for (std::size_t c = 0; c < layout_.columns().size(); ++c) {
    const bool is_number = layout_.columns()[c].kind == TrialColumn::Kind::number;
    for (const double value : {std::nan(""), -1.0, 0.5, 256.0, 1e300}) {
      std::vector<double> row = row_of(0);
      row[c] = value;
      EXPECT_EQ(refusal({write("a", row)}, {0, 1}).empty(), is_number) << layout_.columns()[c].name << ' ' << value;
    }
  }
  std::vector<double> row = row_of(0);
  row.back() = 3.5;
  EXPECT_NE(refusal({write("a", row)}, {0, 1}), "");
}

}  // namespace
}  // namespace logmargin::rows_file_test
