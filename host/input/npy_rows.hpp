#pragma once

#include "host/input/binary_rows.hpp"

namespace logmargin {

/// A .npy file begins so.
inline constexpr std::string_view npy_magic = "\x93NUMPY";

/// Returns the rows of a .npy file, an array of n x 2 (D + 1) doubles or floats. name: as the user wrote it, for the
/// errors. Throws OptionError for any other array and for a file that is cut short or has more bytes than its array.
/// Source: the format's description in NumPy, numpy.lib.format, versions 1.0 to 3.0.
BinaryRows npy_rows(const std::string& name, std::unique_ptr<SteadyFile> file);

}  // namespace logmargin
