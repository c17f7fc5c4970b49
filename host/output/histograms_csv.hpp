#pragma once

#include <string_view>

#include "host/output/whole_file.hpp"
#include "host/output/writer.hpp"

namespace logmargin {

inline constexpr std::string_view histograms_header = "cell,quantity,threshold,low,high,count";

/// histograms.csv: a row a non-empty bar of log_exponent, C_ratio and, for each threshold, log10_t_eps.
class HistogramsCsv final : public Writer {
 public:
  HistogramsCsv(TextSink& sink, const Plan& plan);
  void begin_cell(std::size_t index, const Cell& cell) override;
  void checkpoint(double, const CheckpointTally&) override {}
  void end_cell(const HorizonTally& tally) override;

 private:
  void write_bars(std::string_view quantity, std::string_view threshold, const Distribution& distribution);

  TextSink& sink_;
  const Plan& plan_;
  std::size_t cell_ = 0;
};

}  // namespace logmargin
