#include "host/results/files/histograms_csv.hpp"

#include <fmt/format.h>

#include "host/results/files/columns.hpp"

namespace logmargin {

HistogramsCsv::HistogramsCsv(TextSink& sink) : sink_(sink) { sink_.write(fmt::format("{}\n", histograms_header)); }

void HistogramsCsv::end_cell(const CellSummary& summary) {
  const auto write = [&](std::string_view quantity, std::string_view threshold, const std::vector<Bar>& bars) {
    for (const Bar& bar : bars) {
      sink_.write(fmt::format("{},{},{},{},{},{}\n", summary.index, quantity, threshold, csv_number(bar.low),
                              csv_number(bar.high), bar.count));
    }
  };
  write("log_exponent", "", summary.log_exponent_bars);
  write("C_ratio", "", summary.ratio_bars);
  for (const TimeToGapSummary& time : summary.times) write("log10_t_eps", time.threshold.text, time.bars);
}

}  // namespace logmargin
