#pragma once

#include "host/output/theory.hpp"
#include "host/output/whole_file.hpp"
#include "host/output/writer.hpp"

namespace logmargin {

/// cells.csv: a row a cell.
class CellsCsv final : public Writer {
 public:
  CellsCsv(TextSink& sink, const Experiment& experiment);
  void end_cell(const CellSummary& summary) override;

 private:
  TextSink& sink_;
};

}  // namespace logmargin
