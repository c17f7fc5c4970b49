#include "host/output/cells_csv.hpp"

#include <fmt/format.h>

#include "host/output/columns.hpp"
#include "logmargin/limiting_margin.hpp"

namespace logmargin {

CellsCsv::CellsCsv(TextSink& sink, const Plan& plan) : sink_(sink), plan_(plan) {
  std::string header = "cell," + cell_header() + ",trials";
  for (const auto name : outcome_names) header += fmt::format(",{}", name);
  header += ",dead_points_0,dead_points_1,dead_points_2";
  for (const auto name :
       {"dip_margin_min", "dip_log10_t_min", "C", "C_theory", "C_ratio", "C_r2", "log_exponent", "power_exponent"}) {
    header += quantile_header(name);
  }
  for (const auto name : law_names) header += fmt::format(",best_fit_{}", name);
  for (const Threshold& threshold : plan.thresholds) {
    const std::string name = fmt::format("log10_t_eps_{}", threshold.text);
    header += quantile_header(name) + fmt::format(",{0}_never_above,{0}_never_within,{0}_not_known", name);
  }
  header += quantile_header("margin_ratio") + ",theory_law,theory_expected,theory_measured,theory_verdict" +
            ",theory_networks,theory_within_tolerance,theory_told_from_log10_t,gap_limit" +
            quantile_header("gap_excess") + quantile_header("unresolved_log10_t");
  sink_.write(header + "\n");
}

void CellsCsv::begin_cell(std::size_t index, const Cell& cell) {
  cell_ = cell;
  sink_.write(fmt::format("{},{},{}", index, cell_fields(cell), plan_.trials));
}

void CellsCsv::end_cell(const HorizonTally& tally) {
  std::string row;
  for (const auto count : tally.outcome) row += fmt::format(",{}", count);
  for (const auto count : tally.dead_points) row += fmt::format(",{}", count);
  const FitTally& fit = tally.fit.back();
  for (const Distribution* of :
       {&tally.dip_margin, &tally.dip_log10_t, &fit.inverse_log_constant, &tally.limiting_constant, &fit.constant_ratio,
        &fit.inverse_log_r2, &fit.log_exponent, &fit.power_exponent}) {
    row += quantile_fields(of->quantiles());
  }
  for (const auto count : fit.best) row += fmt::format(",{}", count);
  for (const TimeToGapTally& time : tally.time_to_gap) {
    row += quantile_fields(time.quantiles()) +
           fmt::format(",{},{},{}", time.never_above, time.never_within, time.not_known);
  }
  const Problem problem = cell_.problem();
  const Theory theory = theory_of(cell_, tally, plan_.steps);
  row += quantile_fields(scaled(tally.margin.quantiles(), 1.0 / problem.optimal_margin)) +
         fmt::format(",{},{},{},{},{},{},{},{}", csv_text(theory.law), csv_number(theory.expected),
                     csv_number(theory.measured), verdict_text(theory.verdict), theory.networks, theory.within,
                     csv_number(theory.told_from_log10_t), csv_number(limiting_gap(problem))) +
         quantile_fields(tally.excess.quantiles()) + quantile_fields(tally.unresolved_log10_t.quantiles());
  sink_.write(row + "\n");
}

}  // namespace logmargin
