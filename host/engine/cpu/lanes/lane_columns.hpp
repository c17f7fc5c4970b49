#pragma once

#include "host/engine/cpu/lanes/lane_memory.hpp"
#include "host/engine/cpu/lanes/simd_dispatch.hpp"

namespace logmargin {

/// Reads or writes each column of a record at one place.
template <class V, class Record, class Number>
[[gnu::always_inline]] inline void load(Record& record, ColumnsOf<Number> from, std::size_t at) {
  const Number* column = from.data + at;
  for_each_column(
      record, [&](V & value) __attribute__((always_inline)) {
        value = lane_memory<V>::load(column);
        column += from.stride;
      });
}
template <class V, class Record, class Number>
[[gnu::always_inline]] inline void store(Record& record, ColumnsOf<Number> to, std::size_t at) {
  Number* column = to.data + at;
  for_each_column(
      record, [&](V & value) __attribute__((always_inline)) {
        lane_memory<V>::store(value, column);
        column += to.stride;
      });
}

}  // namespace logmargin
