#pragma once

#include <cstddef>

#include "host/results/cell_summary.hpp"

namespace logmargin {

/// Writer writes one output format, fed as the run goes: for each cell its recorded t in rising order, then its
/// horizon.
class Writer {
 public:
  virtual ~Writer() = default;
  virtual void begin_cell(std::size_t /*index*/, const Cell& /*cell*/) {}
  /// Returns whether recorded is to be called for that t of the current cell. A summary that nothing reads is not made.
  virtual bool wants(double /*t*/) const { return false; }
  virtual void recorded(const RecordedSummary& /*summary*/) {}
  virtual void end_cell(const CellSummary& /*summary*/) {}
};

}  // namespace logmargin
