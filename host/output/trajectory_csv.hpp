#pragma once

#include <string>

#include "host/output/whole_file.hpp"
#include "host/output/writer.hpp"

namespace logmargin {

/// trajectory.csv: a row a cell and recorded t.
class TrajectoryCsv final : public Writer {
 public:
  explicit TrajectoryCsv(TextSink& sink);
  void begin_cell(std::size_t index, const Cell& cell) override;
  void checkpoint(double t, const CheckpointTally& tally) override;
  void end_cell(const HorizonTally&) override {}

 private:
  TextSink& sink_;
  std::string row_start_;
};

}  // namespace logmargin
