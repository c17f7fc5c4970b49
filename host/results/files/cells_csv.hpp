#pragma once

#include "host/results/folder/atomic_file.hpp"
#include "host/results/theory.hpp"
#include "host/results/writer.hpp"

namespace logmargin {

/// CellsCsv writes cells.csv, with one row for each cell.
class CellsCsv final : public Writer {
 public:
  CellsCsv(TextSink& sink, const Experiment& experiment);
  void end_cell(const CellSummary& summary) override;

 private:
  TextSink& sink_;
};

}  // namespace logmargin
