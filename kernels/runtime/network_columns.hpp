#pragma once

#include <cstddef>
#include <cstdint>

#include "logmargin/measure/track.hpp"
#include "logmargin/stepping/descent.hpp"

namespace logmargin {

/// Column c of a batch starts at data + c * stride. Neighbouring threads touch neighbouring networks of one column.
template <class Number>
struct DeviceColumns {
  Number* data;
  std::size_t stride;

  LOGMARGIN_HOST_DEVICE Number* column(int c) const { return data + static_cast<std::size_t>(c) * stride; }

  template <class Record>
  LOGMARGIN_HOST_DEVICE Record load(int first_column, std::size_t i) const {
    Record record;
    const Number* from = column(first_column) + i;
    for_each_column(record, [&](Number& value) {
      value = *from;
      from += stride;
    });
    return record;
  }

  template <class Record>
  LOGMARGIN_HOST_DEVICE void store(Record record, int first_column, std::size_t i) const {
    Number* to = column(first_column) + i;
    for_each_column(record, [&](Number& value) {
      *to = value;
      to += stride;
    });
  }
};

/// A run has no more fits than this: its own, and those of earlier horizons.
inline constexpr int most_fits = 4;

/// The columns of the tracks are the dip, ln gap at the recorded t before, then the sums of the run's own fit and of
/// the earlier ones.
inline constexpr int previous_ln_gap_column = dip_columns;
inline constexpr int first_fit_column = previous_ln_gap_column + 1;
inline constexpr int track_columns = first_fit_column + most_fits * fit_columns;

/// Returns the first column of fit 0, the run's own, or of an earlier one.
LOGMARGIN_HOST_DEVICE constexpr int fit_column(int fit) { return first_fit_column + fit * fit_columns; }

/// Returns the first column of fit number fit of so many, where the run's own comes last.
constexpr int fit_column(std::size_t fit, std::size_t fits) {
  return fit + 1 == fits ? fit_column(0) : fit_column(1 + static_cast<int>(fit));
}

/// The orthogonal component, which training leaves of networks in space, comes after the tracks.
inline constexpr int first_orthogonal_column = track_columns;

/// ColumnCounts says how many columns are kept of the networks of a cell; see column_counts. These are for gradient
/// descent in lockstep on the line.
struct ColumnCounts {
  int states = carried_columns;
  int tracks = track_columns;
};

/// NetworkColumns holds what is kept of each network. Number is the type that states are kept in: double or, in mixed
/// precision, Pair<float>.
template <class Number>
struct NetworkColumns {
  DeviceColumns<Number> state;
  DeviceColumns<double> tracks;

  static constexpr std::size_t bytes_per_network(const ColumnCounts& columns) {
    return sizeof(Number) * static_cast<std::size_t>(columns.states) +
           sizeof(double) * static_cast<std::size_t>(columns.tracks);
  }
};

}  // namespace logmargin
