#include "host/input/weights_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstring>
#include <fstream>
#include <limits>
#include <vector>

#include "host/error.hpp"
#include "tests/host/results/scratch_folder.hpp"

namespace logmargin::testing::weights_file_test {
namespace {

/// Returns a .npy file of version 1.0, as NumPy writes it.
template <class Number>
std::string npy(const std::string& type, const std::string& shape, const std::vector<Number>& values) {
  std::string header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
  while ((header.size() + 11) % 64 != 0) header += ' ';
  header += '\n';
  std::string bytes = "\x93NUMPY";
  bytes += {'\x01', '\x00', static_cast<char>(header.size() % 256), static_cast<char>(header.size() / 256)};
  bytes += header;
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Number));
  return bytes;
}

class WeightsFileTest : public ::testing::Test {
 protected:
  std::string written(const std::string& name, const std::string& bytes) {
    const std::string path = (scratch_ / name).string();
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return path;
  }
  /// Returns what is said of a file of these bytes, less the file's name.
  std::string complaint(const std::string& bytes) {
    const std::string path = written("refused", bytes);
    try {
      open_weights(path);
    } catch (const OptionError& error) {
      EXPECT_EQ(error.option, "--theta");
      EXPECT_EQ(error.value, path);
      return error.allowed;
    }
    return "it is allowed";
  }

  ScratchFolder scratch_;
};

std::vector<double> all_of(const GivenWeights& weights) {
  std::vector<double> values(weights.rows() * weights.width());
  weights.read(0, weights.rows(), values.data());
  return values;
}

TEST_F(WeightsFileTest, EveryFormatGivesTheSameRowsAndChecksum) {
  const std::vector<double> values = {1.5, 0.0, -0.5, 0.25, -1e-300, 2.0, 3.0, -4.0};
  const std::vector<float> in_floats = {1.5F, 0.0F, -0.5F, 0.25F, 1.0F, 2.0F, 3.0F, -4.0F};
  const auto doubles = open_weights(written("a.npy", npy("<f8", "(2, 4)", values)));
  EXPECT_EQ(doubles->rows(), 2U);
  EXPECT_EQ(doubles->dim(), 1);
  EXPECT_EQ(all_of(*doubles), values);
  // Columns go by their names; others are left aside, and so are spaces, quotes, empty lines and returns.
  const auto csv =
      open_weights(written("a.csv", "b2,trial,w1,b1,\"w2\"\r\n0.25,7, 1.5,0,-0.5\r\n\r\n-4,x,-1e-300,+2,\"3\"\r\n"));
  EXPECT_EQ(all_of(*csv), values);
  const auto mark = [](const GivenWeights& weights) { return weights.name().substr(weights.name().rfind('#')); };
  EXPECT_EQ(mark(*csv), mark(*doubles));
  EXPECT_EQ(mark(*csv).substr(0, 3), "#2-");
  const auto floats = open_weights(written("b.npy", npy("<f4", "(2, 4)", in_floats)));
  EXPECT_EQ(all_of(*floats), std::vector<double>(in_floats.begin(), in_floats.end()));
  EXPECT_NE(mark(*floats), mark(*doubles));
  double row[4];
  floats->read(1, 1, row);
  EXPECT_EQ(row[3], -4.0);
}

TEST_F(WeightsFileTest, WeightsInSpaceAreToldByTheirColumns) {
  const auto csv = open_weights(written("a.csv", "w1_2,w1_1,b1,w2_1,w2_2,b2\n2,1,3,4,5,6\n"));
  EXPECT_EQ(csv->dim(), 2);
  EXPECT_EQ(all_of(*csv), (std::vector<double>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(open_weights(written("one.csv", "w1_1,b1,w2_1,b2\n1,2,3,4\n"))->dim(), 1);
  EXPECT_EQ(open_weights(written("a.npy", npy("<f8", "(1, 6)", std::vector<double>(6))))->dim(), 2);
}

TEST_F(WeightsFileTest, WhatSavetxtAndPandasWriteIsRead) {
  const auto csv = open_weights(written("a.csv", "# w1,b1,w2,b2,note\n1,2,3,4,\"a, b\"\n"));
  EXPECT_EQ(all_of(*csv), (std::vector<double>{1, 2, 3, 4}));
}

TEST_F(WeightsFileTest, AFileThatChangesIsNotReadFurther) {
  const std::string bytes = npy("<f8", "(2, 4)", std::vector<double>(8, 1.0));
  const std::string path = written("a.npy", bytes);
  const auto weights = open_weights(path);
  double row[4];
  weights->read(1, 1, row);
  std::filesystem::last_write_time(path, std::filesystem::last_write_time(path) + std::chrono::seconds(1));
  EXPECT_THROW(weights->read(1, 1, row), FileError) << "written to";
  const auto other = open_weights(path);
  std::filesystem::resize_file(path, bytes.size() - 8);
  EXPECT_THROW(other->read(1, 1, row), FileError) << "cut short";
  written("a.npy", bytes);
  const auto replaced = open_weights(path);
  std::filesystem::rename(written("b.npy", "other"), path);
  replaced->read(1, 1, row);
  EXPECT_EQ(row[0], 1.0) << "the file that was opened is there still";
}

TEST_F(WeightsFileTest, MoreRowsThanOneBlockAreRead) {
  std::vector<double> values;
  for (int i = 0; i < 40000; ++i) {
    for (int c = 0; c < 4; ++c) values.push_back(0.1 * i + c);
  }
  EXPECT_EQ(all_of(*open_weights(written("a.npy", npy("<f8", "(40000, 4)", values)))), values);
}

TEST_F(WeightsFileTest, LinesOfEveryLengthCrossBlocks) {
  // Some three blocks of a mebibyte, whose ends fall into numbers, between them, and at the ends of lines.
  std::string csv = "w1,b1,w2,b2\n";
  std::vector<double> values;
  for (int i = 0; csv.size() < (std::size_t{3} << 20U); ++i) {
    const int digit = i % 9 + 1;
    csv +=
        std::to_string(i) + "," + std::string(static_cast<std::size_t>(i % 23), ' ') + std::to_string(digit) + ",0,1\n";
    values.insert(values.end(), {static_cast<double>(i), static_cast<double>(digit), 0.0, 1.0});
  }
  csv.pop_back();  // the last line needs no end
  const auto weights = open_weights(written("a.csv", csv));
  EXPECT_TRUE(all_of(*weights) == values);
}

TEST_F(WeightsFileTest, ANameWithItsMarkIsTheSameFileOrRefused) {
  const std::string path = written("a.csv", "w1,b1,w2,b2\n1,2,3,4\n");
  const std::string name = open_weights(path)->name();
  EXPECT_EQ(open_weights(name)->name(), name);
  written("a.csv", "w1,b1,w2,b2\n1,2,3,5\n");
  try {
    open_weights(name);
    ADD_FAILURE() << "another file is taken for it";
  } catch (const OptionError& error) {
    EXPECT_NE(error.allowed.find("the file has changed: it is 1-"), std::string::npos) << error.allowed;
  }
}

TEST_F(WeightsFileTest, EveryBitIsInTheChecksum) {
  std::vector<double> values(8, 1.0);
  std::vector<std::string> names;
  for (std::size_t place = 0; place <= values.size(); ++place) {
    for (const unsigned bit : {0U, 20U, 51U, 63U}) {
      std::vector<double> changed = values;
      if (place < values.size()) {
        changed[place] = std::bit_cast<double>(std::bit_cast<std::uint64_t>(1.0) ^ std::uint64_t{1} << bit);
      } else if (bit > 0) {
        continue;
      }
      names.push_back(open_weights(written("a.npy", npy("<f8", "(2, 4)", changed)))->name());
    }
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::unique(names.begin(), names.end()), names.end());
}

TEST_F(WeightsFileTest, BadFilesAreToldWithThePlace) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "it is empty"},
      {"PK\3\4", "it is a ZIP archive"},
      {"\x1f\x8b", "it is compressed"},
      {"w1_0,w1_1,w1_2,b1,w2_0,w2_1,w2_2,b2\n", "line 1 has a column w1_0 beside those of weights in 2 dimensions"},
      {"w1,b1,w2,b2,w1_1\n", "line 1 has a column w1_1 beside"},
      {"w1_1,w1_3,b1,w2_1,w2_3,b2\n", "line 1 has a column w1_3 beside"},
      {std::string(5 << 20, '1'), "line 1 has no end within 4 MiB"},
      {"1,2,3,4\n", "line 1 has no column w1; "},
      {"w1,b1,w2\n", "line 1 has no column b2; "},
      {"w1,b1,w2,b2,w1\n", "line 1 has more than one column w1; "},
      {"w1_1,w1_2,b1,w2_1,b2\n", "line 1 has no column w2_2; "},
      {"w1,b1,w2,b2\n", "it has no rows"},
      {"w1,b1,w2,b2\n1,2,3,4\n\n1,x,3,4\n", "line 4, column b1: 'x' is there"},
      {"w1,b1,w2,b2\n1,2,nan,4\n", "line 2, column w2: 'nan' is there"},
      {"w1,b1,w2,b2\n1,2,3,1e999\n", "line 2, column b2: '1e999' is there"},
      {"w1,b1,w2,b2\n1,2,3,\n", "line 2, column b2: '' is there"},
      {"w1,b1,w2,b2\n1,2,3\n", "line 2 has 3 values; 4 are allowed"},
      {"w1,b1,w2,b2\n1,2,3,4,5\n", "line 2 has 5 values; 4 are allowed"},
      {npy("<i8", "(1, 4)", std::vector<double>(4)), "its numbers are of type '<i8'"},
      {npy(">f8", "(1, 4)", std::vector<double>(4)), "its numbers are of type '>f8'"},
      {npy("<f8", "(4,)", std::vector<double>(4)), "its array has 1 axis"},
      {npy("<f8", "(1, 2, 2)", std::vector<double>(4)), "its array has 3 axes"},
      {npy("<f8", "(1, 5)", std::vector<double>(5)), "its rows have 5 numbers"},
      {npy("<f8", "(2, 2)", std::vector<double>(4)), "its rows have 2 numbers"},
      {npy("<f8", "(0, 4)", std::vector<double>()), "it has no rows"},
      {npy("<f8", "(3, 4)", std::vector<double>(11)), "it is cut short after 2 of 3 rows"},
      {npy("<f8", "(1, 4)", std::vector<double>(8)), "32 bytes follow its array of 1 rows"},
      {npy("<f8", "(18446744073709551615, 4)", std::vector<double>(4)), "it is cut short after 1 of"},
      {npy("<f8", "(1, 18446744073709551615)", std::vector<double>(4)), "its rows have 18446744073709551615 numbers"},
      {npy("<f8", "(1, 4)", std::vector<double>(4)).substr(0, 40), "it is cut short"},
      {npy("<f8", "(1, 4)", std::vector<double>(4)).substr(0, 7), "it is cut short"},
      {npy("<f8", "(2, 4)", std::vector<double>{1, 2, 3, 4, 5, std::numeric_limits<double>::infinity(), 7, 8}),
       "row 1, counted from 0, column b1: inf is there"},
      {"\x89HDF\r\n\x1a\n", "of an HDF5 file FILE:/PATH is allowed"}};
  for (const auto& [bytes, said] : cases) {
    const std::string complained = complaint(bytes);
    EXPECT_EQ(complained.find(said), 0U) << complained << " instead of " << said;
  }
  std::string fortran = npy("<f8", "(1, 4)", std::vector<double>(4));
  fortran.replace(fortran.find("False"), 5, "True ");
  EXPECT_NE(complaint(fortran).find("Fortran"), std::string::npos);
  EXPECT_THROW(open_weights((scratch_ / "none.npy").string()), FileError);
  EXPECT_THROW(open_weights((scratch_ / "").string()), FileError) << "a folder";
}

}  // namespace
}  // namespace logmargin::testing::weights_file_test
