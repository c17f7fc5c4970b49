#include "host/output/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/output/bars.hpp"
#include "host/output/columns.hpp"
#include "host/output/theory.hpp"
#include "logmargin/limiting_margin.hpp"

namespace logmargin {

namespace {

/// Beyond this many cells each has a line, not a page; beyond the second, the files alone tell.
constexpr std::size_t most_detailed_cells = 4;
constexpr std::size_t most_listed_cells = 200;

std::string significant(double value) {
  if (!std::isfinite(value)) return "-";
  return fmt::format("{:.4g}", value);
}

double percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

std::string quantile_cells(const Quantiles& q, std::initializer_list<std::size_t> levels) {
  std::string text;
  for (const std::size_t level : levels) text += fmt::format(" {:>10}", significant(q.at_level[level]));
  return text;
}

constexpr std::size_t q05 = 1;
constexpr std::size_t q25 = 2;
constexpr std::size_t q50 = 3;
constexpr std::size_t q75 = 4;
constexpr std::size_t q95 = 5;

std::string distribution_row(std::string_view name, const Quantiles& q) {
  return fmt::format("  {:<22}", name) + quantile_cells(q, {q05, q25, q50, q75, q95}) + "\n";
}

/// 0, the horizon, and powers of ten between, thinned to a handful.
std::vector<double> shown_times(const Schedule& schedule) {
  std::vector<double> decades;
  for (const RecordedTime& time : schedule.times()) {
    const double log10_t = log10_of_time(time.t);
    if (std::isfinite(log10_t) && std::floor(log10_t) == log10_t) decades.push_back(time.t);
  }
  const std::size_t stride = decades.size() / 8 + 1;
  std::vector<double> shown = {0.0};
  for (std::size_t i = 0; i < decades.size(); i += stride) shown.push_back(decades[i]);
  if (shown.back() != schedule.horizon) shown.push_back(schedule.horizon);
  return shown;
}

/// A cell has such a row where there are too many for a table each.
constexpr const char* listed_row = "  {:>4} {:>6} {:>6} {:>6} {:>9} {:>9} {:>9} {:>9} {:>9} {:>2}\n";

std::string cell_title(const Cell& cell) {
  const std::string law = fmt::format("init {}  bias {}  eta {}", cell.init, cell.bias, cell.eta);
  const std::string problem =
      fmt::format("{}  {} loss  dim {}  data {}", cell.optimizer, cell.loss, cell.dim, cell.data.text());
  constexpr std::size_t width = 80;
  return law + (law.size() + 2 + problem.size() <= width ? "  " : "\n  ") + problem;
}

/// For a column of two.
std::string_view verdict_mark(const Theory& theory) {
  if (theory.verdict == Theory::Verdict::unknown) return "-";
  if (theory.verdict == Theory::Verdict::too_early || theory.verdict == Theory::Verdict::too_few) return "..";
  return theory.verdict == Theory::Verdict::consistent ? "ok" : "no";
}

std::string outcome_lines(const HorizonTally& tally, std::uint64_t trials, const BarStyle& style) {
  std::string text = "\n  outcome at the horizon       trials      share\n";
  for (std::size_t i = 0; i < outcome_names.size(); ++i) {
    text += share_row(outcome_names[i], tally.outcome[i], trials, trials, style);
  }
  return text + fmt::format("  dead points: none in {}, one in {}, both in {}\n", tally.dead_points[0],
                            tally.dead_points[1], tally.dead_points[2]);
}

/// A line of how many networks have no time to each gap, for one reason; none where all of them have one.
std::string without_time_line(std::string_view name, const HorizonTally& tally, const Plan& plan,
                              std::uint64_t TimeToGapTally::*count) {
  std::string text = fmt::format("  {}:", name);
  std::size_t column = text.size();
  bool any = false;
  for (std::size_t i = 0; i < tally.time_to_gap.size(); ++i) {
    const std::uint64_t networks = tally.time_to_gap[i].*count;
    any = any || networks > 0;
    const std::string piece = fmt::format("{} {:.2g} in {}", i == 0 ? "" : ",", plan.thresholds[i].value, networks);
    const bool fits = column + piece.size() < 80;
    text += fits ? piece : ",\n   " + piece.substr(1);
    column = fits ? column + piece.size() : piece.size() + 3;
  }
  return any ? text + "\n" : "";
}

std::string time_lines(const HorizonTally& tally, const Plan& plan) {
  std::uint64_t known = 0;
  for (const TimeToGapTally& time : tally.time_to_gap) {
    known += time.log10_t.count() + time.never_above + time.never_within;
  }
  if (known == 0) {
    const bool asked = !tally.time_to_gap.empty() && tally.outcome[0] > 0;
    return asked ? "  steps to a gap: not known for this optimiser, loss or data\n" : "";
  }
  std::string text;
  for (std::size_t i = 0; i < tally.time_to_gap.size(); ++i) {
    text += distribution_row(fmt::format("log10 t: gap <= {:.2g}", plan.thresholds[i].value),
                             tally.time_to_gap[i].quantiles());
  }
  return text + without_time_line("gap never above", tally, plan, &TimeToGapTally::never_above) +
         without_time_line("gap never within", tally, plan, &TimeToGapTally::never_within) +
         without_time_line("time not known", tally, plan, &TimeToGapTally::not_known);
}

/// What theory expects of the cell, beside what was measured.
std::string theory_lines(const Theory& theory) {
  std::string text = fmt::format("  theory: {}", theory.law);
  if (!theory.constant.empty()) text += ", C = " + theory.constant;
  text += fmt::format("\n    ({})\n", theory.source);
  if (theory.measure.empty()) return text;
  text += fmt::format("  measured: {} {}, {} expected;\n    {} of {} networks within {:.0f} %: {}\n", theory.measure,
                      significant(theory.measured), significant(theory.expected), theory.within, theory.networks,
                      100.0 * theory_tolerance, verdict_text(theory.verdict));
  if (theory.verdict == Theory::Verdict::too_early && std::isfinite(theory.told_from_log10_t)) {
    const double told_from = theory.told_from_log10_t;
    text += fmt::format("    95 % of the networks can tell from t = 10^{} on\n",
                        told_from < 1000.0 ? fmt::format("{:.4g}", told_from) : fmt::format("{:.0f}", told_from));
  }
  return text;
}

/// How many dips are at t = 0, which has no logarithm.
std::string dip_line(const HorizonTally& tally) {
  const std::uint64_t at_start = tally.dip_margin.count() - tally.dip_log10_t.count();
  return at_start == 0 ? "" : fmt::format("  dips at t = 0, which has no logarithm: {}\n", at_start);
}

std::string rate_lines(const HorizonTally& tally, const Plan& plan, const Cell& cell) {
  const auto row = [](std::string_view name, const Distribution& of) { return distribution_row(name, of.quantiles()); };
  const FitTally& fit = tally.fit.back();
  std::string text = "\n  converging networks           5 %       25 %     median       75 %       95 %\n" +
                     row("dip: lowest margin", tally.dip_margin) + row("dip: log10 t of it", tally.dip_log10_t) +
                     dip_line(tally);
  const Problem problem = cell.problem();
  const bool power = facts_of(problem.method).law == ExpectedLaw::inverse_power;
  const double limit = limiting_gap(problem);
  // What falls to zero: the gap, or its distance from a positive limit.
  const std::string_view falling = limit > 0.0 ? "rest" : "gap";
  if (limit > 0.0) text += fmt::format("  the gap goes to {:.4g}; rest: |gap - {:.4g}|\n", limit, limit);
  if (power) {
    text += distribution_row(fmt::format("{} t", falling), scaled(tally.excess.quantiles(), plan.steps));
  } else {
    text += row(fmt::format("C: {} ~ C / ln t", falling), fit.inverse_log_constant) +
            distribution_row(fmt::format("{} ln t", falling), scaled(tally.excess.quantiles(), std::log(plan.steps)));
  }
  text += row("C in theory", tally.limiting_constant) + row("C / C in theory", fit.constant_ratio) +
          row("R^2 of 1/" + std::string(falling) + " on ln t", fit.inverse_log_r2) +
          row(fmt::format("p: {} ~ (ln t)^-p", falling), fit.log_exponent) +
          row(fmt::format("q: {} ~ t^-q", falling), fit.power_exponent) +
          distribution_row("margin / largest", scaled(tally.margin.quantiles(), 1.0 / problem.optimal_margin));
  for (std::size_t i = 0; i + 1 < tally.fit.size(); ++i) {
    text += row(fmt::format("p at t = {:g}", earlier_fit_horizons[i]), tally.fit[i].log_exponent);
  }
  text += time_lines(tally, plan) + theory_lines(theory_of(cell, tally, plan.steps));
  // The fits begin at the square root of the horizon.
  if (tally.dip_log10_t.quantiles().at_level[q95] > 0.5 * std::log10(plan.steps)) {
    text += "  over 5 % of the dips lie in the fit window: C, p and q need more --steps\n";
  }
  text += fmt::format("  best fit: 1/ln t {}, (ln t)^-p {}, t^-q {}, undefined {}\n", fit.best[0], fit.best[1],
                      fit.best[2], fit.best[3]);
  if (tally.fit.size() > 1) {
    text += fmt::format("  like a power law at t = {:g} and like 1/ln t at the horizon: {}\n", earlier_fit_horizons[0],
                        tally.power_law_first_inverse_log_last);
  }
  return text;
}

}  // namespace

Table::Table(const Plan& plan, const Schedule& schedule, const BarStyle& style)
    : plan_(plan), cells_(plan.cell_count()), style_(style), shown_t_(shown_times(schedule)) {}

void Table::begin_cell(std::size_t index, const Cell& cell) {
  index_ = index;
  cell_ = cell;
  if (cells_ <= most_detailed_cells) {
    text_ += fmt::format("\n{}\n\n", cell_title(cell)) +
             "  t            classified margin 5 %     median    gap 5 %     median       95 %\n";
  } else if (index < most_listed_cells) {
    if (index == 0)
      text_ += "\n" + fmt::format(listed_row, "cell", "conv.%", "stuck%", "other%", "dip q50", "C q50", "C theory",
                                  "p q50", "q q50", "th");
    text_ += fmt::format("{}\n", cell_title(cell));
  }
}

void Table::checkpoint(double t, const CheckpointTally& tally) {
  if (cells_ > most_detailed_cells || !std::binary_search(shown_t_.begin(), shown_t_.end(), t)) return;
  const Quantiles margin = tally.margin.quantiles();
  const Quantiles gap = tally.gap.quantiles();
  text_ += fmt::format("  {:<10}{:>13}", fmt::format("{:g}", t), tally.classified) +
           quantile_cells(margin, {q05, q50}) + quantile_cells(gap, {q05, q50, q95}) + "\n";
}

void Table::end_cell(const HorizonTally& tally) {
  if (cells_ <= most_detailed_cells) {
    text_ += outcome_lines(tally, plan_.trials, style_) + rate_lines(tally, plan_, cell_);
    const bool rest = limiting_gap(cell_.problem()) > 0.0;
    text_ += histogram_rows(rest ? "p: rest ~ (ln t)^-p" : "p: gap ~ (ln t)^-p", tally.fit.back().log_exponent, style_);
    return;
  }
  if (index_ >= most_listed_cells) {
    if (index_ + 1 == cells_) text_ += fmt::format("  ... {} more cells\n", cells_ - most_listed_cells);
    return;
  }
  const auto median = [](const Distribution& of) { return significant(of.quantiles().at_level[q50]); };
  const auto share = [&](std::uint64_t count) { return fmt::format("{:.2f}", percent(count, plan_.trials)); };
  const Theory theory = theory_of(cell_, tally, plan_.steps);
  const std::uint64_t others = plan_.trials - tally.outcome[0] - tally.outcome[1];
  const FitTally& fit = tally.fit.back();
  text_ += fmt::format(listed_row, index_, share(tally.outcome[0]), share(tally.outcome[1]), share(others),
                       median(tally.dip_margin), theory.power_law ? "-" : median(fit.inverse_log_constant),
                       median(tally.limiting_constant), median(fit.log_exponent), median(fit.power_exponent),
                       verdict_mark(theory));
}

}  // namespace logmargin
