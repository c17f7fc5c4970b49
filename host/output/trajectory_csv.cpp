#include "host/output/trajectory_csv.hpp"

#include <fmt/format.h>

#include "host/output/columns.hpp"

namespace logmargin {

TrajectoryCsv::TrajectoryCsv(TextSink& sink) : sink_(sink) {
  std::string header = "cell," + cell_header() + ",t,log10_t,classified";
  for (int i = 0; i < 16; ++i) header += fmt::format(",pattern_{}", i);
  for (const auto name : {"margin", "gap", "log10_loss", "local_log_exponent"}) header += quantile_header(name);
  sink_.write(header + "\n");
}

void TrajectoryCsv::begin_cell(std::size_t index, const Cell& cell) {
  row_start_ = fmt::format("{},{}", index, cell_fields(cell));
}

void TrajectoryCsv::checkpoint(double t, const CheckpointTally& tally) {
  std::string row =
      fmt::format("{},{},{},{}", row_start_, csv_number(t), csv_number(log10_of_time(t)), tally.classified);
  for (const auto count : tally.patterns) row += fmt::format(",{}", count);
  for (const Distribution* of : {&tally.margin, &tally.gap, &tally.log10_loss, &tally.local_log_exponent})
    row += quantile_fields(of->quantiles());
  sink_.write(row + "\n");
}

}  // namespace logmargin
