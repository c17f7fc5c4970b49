#include "host/results/files/cells_csv.hpp"

#include <fmt/format.h>

#include "host/results/files/columns.hpp"

namespace logmargin {

CellsCsv::CellsCsv(TextSink& sink, const Experiment& experiment) : sink_(sink) {
  std::string header = "cell," + cell_header() + ",trials";
  for (const auto name : outcome_names) header += fmt::format(",{}", name);
  header += ",dead_points_0,dead_points_1,dead_points_2";
  for (const auto name :
       {"dip_margin_min", "dip_log10_t_min", "C", "C_theory", "C_ratio", "C_r2", "log_exponent", "power_exponent"}) {
    header += quantile_header(name);
  }
  for (const auto name : law_names) header += fmt::format(",best_fit_{}", name);
  for (const Threshold& threshold : experiment.thresholds) {
    const std::string name = fmt::format("log10_t_eps_{}", threshold.text);
    header += quantile_header(name) + fmt::format(",{0}_never_above,{0}_never_within,{0}_not_known", name);
  }
  header += quantile_header("margin_ratio") + ",theory_law,theory_expected,theory_measured,theory_verdict" +
            ",theory_networks,theory_within_tolerance,theory_told_from_log10_t,gap_limit" +
            quantile_header("gap_excess") + quantile_header("unresolved_log10_t");
  sink_.write(header + "\n");
}

void CellsCsv::end_cell(const CellSummary& summary) {
  std::string row = fmt::format("{},{},{}", summary.index, cell_fields(summary.cell), summary.trials);
  for (const auto count : summary.outcome) row += fmt::format(",{}", count);
  for (const auto count : summary.dead_points) row += fmt::format(",{}", count);
  const FitSummary& fit = summary.fit();
  for (const Quantiles* of : {&summary.dip_margin, &summary.dip_log10_t, &fit.constant, &summary.limiting_constant,
                              &fit.ratio, &fit.r2, &fit.log_exponent, &fit.power_exponent}) {
    row += quantile_fields(*of);
  }
  for (const auto count : fit.best_fit) row += fmt::format(",{}", count);
  for (const TimeToGapSummary& time : summary.times) {
    row +=
        quantile_fields(time.log10_t) + fmt::format(",{},{},{}", time.never_above, time.never_within, time.not_known);
  }
  const Theory& theory = summary.theory;
  row += quantile_fields(summary.margin_ratio) +
         fmt::format(",{},{},{},{},{},{},{},{}", csv_text(theory.law), csv_number(theory.expected),
                     csv_number(theory.measured), verdict_text(theory.verdict), theory.networks, theory.within,
                     csv_number(theory.told_from_log10_t), csv_number(summary.limiting_gap)) +
         quantile_fields(summary.gap_excess) + quantile_fields(summary.unresolved_log10_t);
  sink_.write(row + "\n");
}

}  // namespace logmargin
