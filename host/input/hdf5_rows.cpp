#include "host/input/hdf5_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "host/results/trials/hdf5_handle.hpp"

namespace logmargin {

BinaryRows hdf5_rows(const std::string& name, const std::string& file, const std::string& dataset) {
  // HDF5 prints every error, also those that are told here.
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  const Hdf5Handle opened(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
  if (!opened.valid()) refuse_weights(name, "HDF5 cannot open it; a whole HDF5 file is allowed");
  const Hdf5Handle table(H5Dopen2(opened.get(), dataset.c_str(), H5P_DEFAULT));
  if (!table.valid()) refuse_weights(name, fmt::format("it has no dataset {}; FILE:/PATH of one is allowed", dataset));
  const Hdf5Handle type(H5Dget_type(table.get()));
  if (H5Tget_class(type.get()) != H5T_FLOAT) refuse_weights(name, "floating-point numbers are allowed");
  const Hdf5Handle space(H5Dget_space(table.get()));
  std::array<hsize_t, 2> shape = {};
  if (H5Sget_simple_extent_ndims(space.get()) != 2 ||
      H5Sget_simple_extent_dims(space.get(), shape.data(), nullptr) != 2) {
    refuse_weights(name, "a dataset of two axes is allowed, networks x 2 (D + 1) numbers");
  }
  require_weights_width(name, shape[1]);
  RowSpool spool(shape[1]);
  std::vector<double> values;
  for (hsize_t first = 0; first < shape[0];) {
    const std::array<hsize_t, 2> start = {first, 0};
    const std::array<hsize_t, 2> count = {
        std::min<hsize_t>(std::max<hsize_t>(numbers_at_once / shape[1], 1), shape[0] - first), shape[1]};
    values.resize(count[0] * count[1]);
    const Hdf5Handle in_memory(H5Screate_simple(2, count.data(), nullptr));
    if (H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr) < 0 ||
        H5Dread(table.get(), H5T_NATIVE_DOUBLE, in_memory.get(), space.get(), H5P_DEFAULT, values.data()) < 0) {
      refuse_weights(name, fmt::format("HDF5 cannot read rows from {} on; a whole HDF5 file is allowed", first));
    }
    spool.add(values);
    first += count[0];
  }
  return spool.rows();
}

}  // namespace logmargin
