#pragma once

#include <cstddef>
#include <memory>
#include <new>

#include "host/engine/lane_kernels.hpp"

namespace logmargin {

/// Doubles aligned for the widest vectors, zero at first.
class AlignedColumns {
 public:
  AlignedColumns(int columns, std::size_t stride)
      : stride_(stride), data_(new (std::align_val_t{64}) double[static_cast<std::size_t>(columns) * stride]()) {}

  ColumnsView view() { return {data_.get(), stride_}; }
  double* column(int c) { return view().column(c); }

 private:
  struct Release {
    void operator()(double* data) const { ::operator delete[](data, std::align_val_t{64}); }
  };
  std::size_t stride_;
  std::unique_ptr<double[], Release> data_;
};

/// Up to a multiple of lane_block.
inline std::size_t padded(std::size_t count) { return (count + lane_block - 1) / lane_block * lane_block; }

template <class Record>
Record record_at(ColumnsView columns, std::size_t i) {
  Record record;
  int c = 0;
  for_each_column(record, [&](double& value) { value = columns.column(c++)[i]; });
  return record;
}

template <class Record>
void put_record(Record record, ColumnsView columns, std::size_t i) {
  int c = 0;
  for_each_column(record, [&](double& value) { columns.column(c++)[i] = value; });
}

}  // namespace logmargin
