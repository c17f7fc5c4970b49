#include "host/output/histograms_csv.hpp"

#include <fmt/format.h>

#include "host/output/columns.hpp"

namespace logmargin {

HistogramsCsv::HistogramsCsv(TextSink& sink, const Plan& plan) : sink_(sink), plan_(plan) {
  sink_.write(fmt::format("{}\n", histograms_header));
}

void HistogramsCsv::begin_cell(std::size_t index, const Cell&) { cell_ = index; }

void HistogramsCsv::write_bars(std::string_view quantity, std::string_view threshold,
                               const Distribution& distribution) {
  for (const Bar& bar : distribution.bars()) {
    sink_.write(fmt::format("{},{},{},{},{},{}\n", cell_, quantity, threshold, csv_number(bar.low),
                            csv_number(bar.high), bar.count));
  }
}

void HistogramsCsv::end_cell(const HorizonTally& tally) {
  const FitTally& fit = tally.fit.back();
  write_bars("log_exponent", "", fit.log_exponent);
  write_bars("C_ratio", "", fit.constant_ratio);
  for (std::size_t i = 0; i < tally.time_to_gap.size(); ++i) {
    write_bars("log10_t_eps", plan_.thresholds[i].text, tally.time_to_gap[i].log10_t);
  }
}

}  // namespace logmargin
