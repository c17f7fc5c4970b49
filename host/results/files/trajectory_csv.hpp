#pragma once

#include <string>

#include "host/results/folder/atomic_file.hpp"
#include "host/results/writer.hpp"

namespace logmargin {

/// TrajectoryCsv writes trajectory.csv, with one row for each cell and recorded t.
class TrajectoryCsv final : public Writer {
 public:
  explicit TrajectoryCsv(TextSink& sink);
  void begin_cell(std::size_t index, const Cell& cell) override;
  bool wants(double) const override { return true; }
  void recorded(const RecordedSummary& summary) override;

 private:
  TextSink& sink_;
  std::string row_start_;
};

}  // namespace logmargin
