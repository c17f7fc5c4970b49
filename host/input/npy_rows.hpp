#pragma once

#include "host/input/binary_rows.hpp"

namespace logmargin {

/// Says whether a file begins as NumPy's .npy files do.
bool is_npy(const MappedFile& file);

/// Returns the rows of a .npy file, an array of n x 2 (D + 1) doubles or floats. name: as the user wrote it, for the
/// errors. Throws OptionError for any other array and for a file that is cut short.
/// Source: the format's description in NumPy, numpy.lib.format, versions 1.0 to 3.0.
BinaryRows npy_rows(const std::string& name, std::unique_ptr<MappedFile> file);

}  // namespace logmargin
