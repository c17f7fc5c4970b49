#include "host/results/files/trajectory_csv.hpp"

#include <fmt/format.h>

#include "host/results/files/columns.hpp"

namespace logmargin {

TrajectoryCsv::TrajectoryCsv(TextSink& sink) : sink_(sink) {
  std::string header = "cell," + cell_header() + ",t,log10_t,classified";
  for (int i = 0; i < 16; ++i) header += fmt::format(",pattern_{}", i);
  for (int q = 0; q < RecordedQuantities::quantities; ++q) header += quantile_header(RecordedQuantities::name(q));
  sink_.write(header + "\n");
}

void TrajectoryCsv::begin_cell(std::size_t index, const Cell& cell) {
  row_start_ = fmt::format("{},{}", index, cell_fields(cell));
}

void TrajectoryCsv::recorded(const RecordedSummary& summary) {
  std::string row = fmt::format("{},{},{},{}", row_start_, csv_number(summary.t), csv_number(log10_of_time(summary.t)),
                                summary.classified);
  for (const auto count : summary.patterns) row += summary.has_patterns() ? fmt::format(",{}", count) : ",";
  for (const Quantiles& quantiles : summary.quantities) row += quantile_fields(quantiles);
  sink_.write(row + "\n");
}

}  // namespace logmargin
