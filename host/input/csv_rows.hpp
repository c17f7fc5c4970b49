#pragma once

#include "host/input/binary_rows.hpp"

namespace logmargin {

/// Returns the rows of a CSV file. Its first line names the columns, in any order: w1, b1, w2 and b2 or, in R^D, w1_1
/// ... w1_D, b1, w2_1 ... w2_D and b2. Columns of other names and empty lines are not read. name: as the user
/// wrote it, for the errors. Throws OptionError that names line and column of what is not a finite number.
BinaryRows csv_rows(const std::string& name, const SteadyFile& file);

}  // namespace logmargin
