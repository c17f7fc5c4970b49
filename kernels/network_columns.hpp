#pragma once

#include <cstddef>
#include <cstdint>

#include "logmargin/track.hpp"

namespace logmargin {

/// What is kept of each network, a column a number: its state, its dip, its fit sums.
inline constexpr int first_dip_column = network_columns;
inline constexpr int first_fit_column = first_dip_column + dip_columns;
inline constexpr int kept_columns = first_fit_column + fit_columns;

/// Column c of a batch starts at data + c * stride. Neighbouring threads touch neighbouring networks of one column.
struct NetworkColumns {
  double* data;
  std::size_t stride;

  LOGMARGIN_HOST_DEVICE double* column(int c) const { return data + static_cast<std::size_t>(c) * stride; }

  template <class Record>
  LOGMARGIN_HOST_DEVICE Record load(int first_column, std::size_t i) const {
    Record record;
    const double* from = column(first_column) + i;
    for_each_column(record, [&](double& value) {
      value = *from;
      from += stride;
    });
    return record;
  }

  template <class Record>
  LOGMARGIN_HOST_DEVICE void store(Record record, int first_column, std::size_t i) const {
    double* to = column(first_column) + i;
    for_each_column(record, [&](double& value) {
      *to = value;
      to += stride;
    });
  }
};

}  // namespace logmargin
