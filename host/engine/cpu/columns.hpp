#pragma once

#include <cstddef>
#include <memory>
#include <new>

#include "host/engine/cpu/lanes/simd_dispatch.hpp"

namespace logmargin {

/// AlignedColumnsOf holds numbers aligned for the widest vectors. They are zero at first.
template <class Number>
class AlignedColumnsOf {
 public:
  AlignedColumnsOf(int columns, std::size_t stride)
      : stride_(stride), data_(new (std::align_val_t{64}) Number[static_cast<std::size_t>(columns) * stride]()) {}

  ColumnsOf<Number> view() { return {data_.get(), stride_}; }
  Number* column(int c) { return view().column(c); }

 private:
  struct Release {
    void operator()(Number* data) const { ::operator delete[](data, std::align_val_t{64}); }
  };
  std::size_t stride_;
  std::unique_ptr<Number[], Release> data_;
};

using AlignedColumns = AlignedColumnsOf<double>;

/// Returns a view of the columns of an observation, which has observation_columns numbers a network.
inline ObservationView observation_view(AlignedColumns& observation) {
  const ColumnsView columns = observation.view();
  ObservationView seen = {};
  int c = 0;
  for (double*& quantity : seen.quantity) quantity = columns.column(c++);
  for (double** column : {&seen.excess_gap, &seen.pattern, &seen.classified}) *column = columns.column(c++);
  return seen;
}

/// Rounds a count up to a multiple of lane_block.
inline std::size_t padded(std::size_t count) { return (count + lane_block - 1) / lane_block * lane_block; }

template <class Record, class Number>
Record record_at(ColumnsOf<Number> columns, std::size_t i) {
  Record record;
  int c = 0;
  for_each_column(record, [&](Number& value) { value = columns.column(c++)[i]; });
  return record;
}

template <class Record, class Number>
void put_record(Record record, ColumnsOf<Number> columns, std::size_t i) {
  int c = 0;
  for_each_column(record, [&](Number& value) { columns.column(c++)[i] = value; });
}

}  // namespace logmargin
