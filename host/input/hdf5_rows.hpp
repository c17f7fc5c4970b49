#pragma once

#include "host/input/binary_rows.hpp"

namespace logmargin {

/// Returns the rows of a dataset of an HDF5 file, n x 2 (D + 1) floating-point numbers of any size. name: as the user
/// wrote it, for the errors. Throws OptionError for any other dataset, and in builds without HDF5.
BinaryRows hdf5_rows(const std::string& name, const std::string& file, const std::string& dataset);

}  // namespace logmargin
