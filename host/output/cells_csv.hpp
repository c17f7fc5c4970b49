#pragma once

#include "host/output/theory.hpp"
#include "host/output/whole_file.hpp"
#include "host/output/writer.hpp"

namespace logmargin {

/// cells.csv: a row a cell.
class CellsCsv final : public Writer {
 public:
  CellsCsv(TextSink& sink, const Plan& plan);
  void begin_cell(std::size_t index, const Cell& cell) override;
  void checkpoint(double, const CheckpointTally&) override {}
  void end_cell(const HorizonTally& tally) override;

 private:
  TextSink& sink_;
  const Plan& plan_;
  Cell cell_{};
};

}  // namespace logmargin
