#include "host/report/report_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/plan/number.hpp"
#include "host/results/files/results_config.hpp"
#include "host/results/files/summary_json.hpp"
#include "host/results/reading/results_reader.hpp"

namespace logmargin {

namespace {

using Json = nlohmann::ordered_json;

constexpr double undefined = Quantiles::none;
/// More points than these could not be told apart.
constexpr double points_drawn = 600.0;

/// Returns whether a recorded t is drawn, beside the one drawn before (NaN for none).
bool is_drawn(std::size_t cell, double last_t, double t, double horizon) {
  if (cell >= drawn_cells) return false;
  // The dip is early, however far the horizon.
  const double log10_t = log10_of_time(t);
  const double shown = log10_t < 6.0 ? 6.0 : std::log10(std::max(horizon, 10.0));
  return !(last_t > 0.0 && log10_t - log10_of_time(last_t) < shown / points_drawn) || t >= horizon;
}

double finite(double value) { return std::isfinite(value) ? value : undefined; }

Band band(const Quantiles& of) {
  return {finite(of.q05()), finite(of.q25()), finite(of.median()), finite(of.q75()), finite(of.q95())};
}

DrawnTime drawn_time(const RecordedSummary& summary) {
  DrawnTime seen = {finite(log10_of_time(summary.t)),
                    band(summary.gap()),
                    band(summary.margin()),
                    band(summary.local_log_exponent()),
                    {}};
  double total = 0.0;
  for (const std::uint64_t count : summary.patterns) total += static_cast<double>(count);
  for (std::size_t i = 0; i < seen.pattern_share.size(); ++i) {
    seen.pattern_share[i] = total > 0.0 ? static_cast<double>(summary.patterns[i]) / total : 0.0;
  }
  return seen;
}

std::string verdict_words(const Theory& theory) {
  return theory.verdict == Theory::Verdict::unknown ? std::string() : std::string(verdict_text(theory.verdict));
}

std::string theory_words(const Theory& theory) {
  std::string words = "Expected: " + theory.law;
  if (!theory.constant.empty()) words += ", C = " + theory.constant;
  if (theory.measure.empty()) return words + ".";
  const std::string verdict = verdict_words(theory);
  words +=
      fmt::format(". Measured: {} is {}, {:.4g} expected; {} of {} networks are within {:.0f} %: {}.", theory.measure,
                  std::isfinite(theory.measured) ? fmt::format("{:.4g}", theory.measured) : "unknown", theory.expected,
                  theory.within, theory.networks, 100.0 * theory_tolerance, verdict.empty() ? "not decided" : verdict);
  if (theory.verdict == Theory::Verdict::too_early && std::isfinite(theory.told_from_log10_t)) {
    words += fmt::format(" 95 % of the networks can tell from t = 10^{:.4g} on.", theory.told_from_log10_t);
  }
  return words;
}

ReportCell report_cell(const CellSummary& summary, const std::vector<RecordedSummary>& recorded) {
  const FitSummary& fit = summary.fit();
  ReportCell cell{};
  const AxisValues axes = axis_values_of(summary.cell);
  cell.axis_values.assign(axes.begin(), axes.end());
  cell.trials = summary.trials;
  cell.outcome = summary.outcome;
  cell.best_fit = fit.best_fit;
  cell.constant = band(fit.constant);
  cell.limiting_constant = band(summary.limiting_constant);
  cell.ratio = band(fit.ratio);
  cell.log_exponent = band(fit.log_exponent);
  cell.dip_margin = band(summary.dip_margin);
  cell.dip_log10_t = band(summary.dip_log10_t);
  // Older summaries state no theory.
  if (!summary.theory.law.empty()) {
    cell.theory = theory_words(summary.theory);
    cell.source = summary.theory.source;
    cell.verdict = verdict_words(summary.theory);
    cell.power_law = summary.theory.power_law;
    // The constant is that of a line in ln t, but this law is no such line.
    if (cell.power_law) cell.constant.fill(undefined);
    cell.margin_ratio = band(summary.margin_ratio);
  }
  const bool drawn = summary.index < drawn_cells;
  if (drawn) {
    cell.histograms = {{"log_exponent", "", summary.log_exponent_bars}, {"C_ratio", "", summary.ratio_bars}};
    for (const RecordedSummary& at : recorded) cell.recorded.push_back(drawn_time(at));
  }
  for (const TimeToGapSummary& time : summary.times) {
    cell.times.push_back({time.threshold.text, time.log10_t.count, time.never_above, time.never_within, time.not_known,
                          band(time.log10_t)});
    if (drawn) cell.histograms.push_back({"log10_t_eps", time.threshold.text, time.bars});
  }
  return cell;
}

/// Returns the JSON as reading it from summary.json would give it.
Json as_written(const Json& json) { return Json::parse(json_text(json)); }

}  // namespace

bool ReportCollector::wants(double t) const {
  return is_drawn(cells_.size(), recorded_.empty() ? undefined : recorded_.back().t, t, horizon_);
}

void ReportCollector::recorded(const RecordedSummary& summary) { recorded_.push_back(summary); }

void ReportCollector::end_cell(const CellSummary& summary) {
  cells_.push_back(report_cell(summary, recorded_));
  recorded_.clear();
}

ReportData ReportCollector::data(const Json& config, const RunFacts& facts, SteppingMode mode) && {
  return {as_written(program_json(facts)), as_written(config), as_written(stepping_json(facts, mode)),
          as_written(timing_json(facts)), std::move(cells_)};
}

ReportData read_report_data(const std::filesystem::path& folder) {
  ReadResults read = read_results(folder, is_drawn, drawn_cells);
  ReportData data = {
      std::move(read.program), std::move(read.config), std::move(read.stepping), std::move(read.timing), {}};
  for (const CellResults& cell : read.cells) data.cells.push_back(report_cell(cell.summary, cell.recorded));
  return data;
}

}  // namespace logmargin
