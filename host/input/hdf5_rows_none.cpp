#include "host/input/hdf5_rows.hpp"

namespace logmargin {

BinaryRows hdf5_rows(const std::string& name, const std::string&, const std::string&) {
  refuse_weights(name, "this build has no HDF5; .npy and CSV files are allowed");
}

}  // namespace logmargin
