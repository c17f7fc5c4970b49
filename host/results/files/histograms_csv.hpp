#pragma once

#include <string_view>

#include "host/results/folder/atomic_file.hpp"
#include "host/results/writer.hpp"

namespace logmargin {

inline constexpr std::string_view histograms_header = "cell,quantity,threshold,low,high,count";

/// HistogramsCsv writes histograms.csv, with one row for each non-empty bar of log_exponent, C_ratio and, for each
/// threshold, log10_t_eps.
class HistogramsCsv final : public Writer {
 public:
  explicit HistogramsCsv(TextSink& sink);
  void end_cell(const CellSummary& summary) override;

 private:
  TextSink& sink_;
};

}  // namespace logmargin
