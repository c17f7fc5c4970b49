#pragma once

#include <memory>
#include <string>

#include "host/plan/given_weights.hpp"

namespace logmargin {

/// Opens a file of initial weights: CSV with named columns (see csv_rows), NumPy's .npy, or "FILE:/PATH", a dataset of
/// an HDF5 file. Behind '#' the text may have what GivenWeights::name ends with; then the file has to be that one
/// still. Everything is read once. Throws OptionError that says where something is wrong, and FileError.
std::shared_ptr<const GivenWeights> open_weights(const std::string& text);

}  // namespace logmargin
