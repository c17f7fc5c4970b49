#include "host/input/hdf5_rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "host/error.hpp"
#include "host/results/trials/hdf5_handle.hpp"
#include "tests/host/results/scratch_folder.hpp"

namespace logmargin::testing::hdf5_rows_test {
namespace {

/// Writes a dataset of so many rows and columns, in chunks, whose numbers count up from 0.
std::string written(const std::filesystem::path& path, hid_t type, std::array<hsize_t, 2> shape, int axes = 2) {
  const Hdf5Handle file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
  const Hdf5Handle space(H5Screate_simple(axes, shape.data(), nullptr));
  const Hdf5Handle group(H5Gcreate2(file.get(), "run", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  const Hdf5Handle creation(H5Pcreate(H5P_DATASET_CREATE));
  const std::array<hsize_t, 2> chunk = {std::min<hsize_t>(7, shape[0]), 3};
  H5Pset_chunk(creation.get(), axes, chunk.data());
  const Hdf5Handle table(
      H5Dcreate2(file.get(), "run/theta", type, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT));
  std::vector<double> values(shape[0] * (axes == 2 ? shape[1] : 1));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i);
  EXPECT_GE(H5Dwrite(table.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0);
  return path.string();
}

std::string complaint(const std::string& file, const std::string& dataset = "/run/theta") {
  try {
    hdf5_rows("NAME", file, dataset);
  } catch (const OptionError& error) {
    return error.allowed;
  }
  return "it is allowed";
}

TEST(Hdf5Rows, OfDoublesAndFloatsAreReadInBlocks) {
  const ScratchFolder scratch;
  for (const hid_t type : {H5T_IEEE_F64LE, H5T_IEEE_F32BE}) {
    const BinaryRows rows = hdf5_rows("NAME", written(scratch / "a.h5", type, {70000, 4}), "/run/theta");
    EXPECT_EQ(rows.rows, 70000U);
    EXPECT_EQ(rows.width, 4U);
    double last[8];
    rows.read(69998, 2, last);
    for (int i = 0; i < 8; ++i) EXPECT_EQ(last[i], 4.0 * 69998 + i);
  }
}

TEST(Hdf5Rows, OtherDatasetsAreRefused) {
  const ScratchFolder scratch;
  EXPECT_NE(complaint((scratch / "none.h5").string()).find("cannot open"), std::string::npos);
  const std::string file = written(scratch / "a.h5", H5T_IEEE_F64LE, {3, 5});
  EXPECT_NE(complaint(file).find("its rows have 5 numbers"), std::string::npos);
  EXPECT_NE(complaint(file, "/run/other").find("no dataset /run/other"), std::string::npos);
  EXPECT_NE(complaint(file, "/run").find("no dataset /run"), std::string::npos);
  EXPECT_NE(complaint(written(scratch / "b.h5", H5T_STD_I32LE, {3, 4})).find("floating-point"), std::string::npos);
  EXPECT_NE(complaint(written(scratch / "c.h5", H5T_IEEE_F64LE, {8, 0}, 1)).find("two axes"), std::string::npos);
}

}  // namespace
}  // namespace logmargin::testing::hdf5_rows_test
