#include "host/results/terminal/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/results/files/columns.hpp"
#include "host/results/terminal/bars.hpp"

namespace logmargin {

namespace {

/// Beyond this many cells each has a line, not a page. Beyond the second number, the files alone show them.
constexpr std::size_t most_detailed_cells = 4;
constexpr std::size_t most_listed_cells = 200;

std::string significant(double value) {
  if (!std::isfinite(value)) return "-";
  return fmt::format("{:.4g}", value);
}

double percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

std::string columns_of(std::initializer_list<double> values) {
  std::string text;
  for (const double value : values) text += fmt::format(" {:>10}", significant(value));
  return text;
}

std::string row(std::string_view name, const Quantiles& of) {
  return fmt::format("  {:<22}", name) + columns_of({of.q05(), of.q25(), of.median(), of.q75(), of.q95()}) + "\n";
}

/// Returns 0, the horizon, and powers of ten between, thinned to a handful.
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

/// Each cell has such a row where there are too many for a table each.
constexpr const char* listed_row = "  {:>4} {:>6} {:>6} {:>6} {:>9} {:>9} {:>9} {:>9} {:>9} {:>2}\n";

std::string cell_title(const Cell& cell) {
  const std::string law = fmt::format("init {}  bias {}  eta {}", cell.init, cell.bias, cell.eta);
  const std::string problem =
      fmt::format("{}  {} loss  dim {}  data {}", cell.optimizer, cell.loss, cell.dim, cell.data.text());
  constexpr std::size_t width = 80;
  return law + (law.size() + 2 + problem.size() <= width ? "  " : "\n  ") + problem;
}

/// Returns the verdict as a mark for a column of two characters.
std::string_view verdict_mark(const Theory& theory) {
  if (theory.verdict == Theory::Verdict::unknown) return "-";
  if (theory.verdict == Theory::Verdict::too_early || theory.verdict == Theory::Verdict::too_few) return "..";
  return theory.verdict == Theory::Verdict::consistent ? "ok" : "no";
}

std::string outcome_lines(const CellSummary& summary, const BarStyle& style) {
  std::string text = "\n  outcome at the horizon       trials      share\n";
  for (std::size_t i = 0; i < outcome_names.size(); ++i) {
    text += share_row(outcome_names[i], summary.outcome[i], summary.trials, summary.trials, style);
  }
  return text + fmt::format("  dead points: none in {}, one in {}, both in {}\n", summary.dead_points[0],
                            summary.dead_points[1], summary.dead_points[2]);
}

/// Returns a threshold as the table's narrow column has it.
std::string short_text(const Threshold& threshold) {
  return threshold.relative ? threshold.text : fmt::format("{:.2g}", threshold.value);
}

/// Returns a line that says how many networks have no time to each gap, for one reason. It is empty where all of them
/// have one.
std::string without_time_line(std::string_view name, const std::vector<TimeToGapSummary>& times,
                              std::uint64_t TimeToGapSummary::*count) {
  std::string text = fmt::format("  {}:", name);
  std::size_t column = text.size();
  bool any = false;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const std::uint64_t networks = times[i].*count;
    any = any || networks > 0;
    const std::string piece = fmt::format("{} {} in {}", i == 0 ? "" : ",", short_text(times[i].threshold), networks);
    const bool fits = column + piece.size() < 80;
    text += fits ? piece : ",\n   " + piece.substr(1);
    column = fits ? column + piece.size() : piece.size() + 3;
  }
  return any ? text + "\n" : "";
}

std::string time_lines(const CellSummary& summary) {
  const std::vector<TimeToGapSummary>& times = summary.times;
  std::uint64_t known = 0;
  for (const TimeToGapSummary& time : times) known += time.log10_t.count + time.never_above + time.never_within;
  if (known == 0) {
    const bool asked = !times.empty() && summary.outcome[0] > 0;
    return asked ? "  steps to a gap: not known for this optimiser, loss or data\n" : "";
  }
  std::string text;
  for (const TimeToGapSummary& time : times) {
    text += row("log10 t: gap <= " + short_text(time.threshold), time.log10_t);
  }
  return text + without_time_line("gap never above", times, &TimeToGapSummary::never_above) +
         without_time_line("gap never within", times, &TimeToGapSummary::never_within) +
         without_time_line("time not known", times, &TimeToGapSummary::not_known);
}

/// Returns what theory expects of the cell, beside what was measured.
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

/// Returns how many dips are at t = 0, which has no logarithm.
std::string dip_line(const CellSummary& summary) {
  const std::uint64_t at_start = summary.dip_margin.count - summary.dip_log10_t.count;
  return at_start == 0 ? "" : fmt::format("  dips at t = 0, which has no logarithm: {}\n", at_start);
}

std::string rate_lines(const CellSummary& summary) {
  const FitSummary& fit = summary.fit();
  std::string text = "\n  converging networks           5 %       25 %     median       75 %       95 %\n" +
                     row("dip: lowest margin", summary.dip_margin) + row("dip: log10 t of it", summary.dip_log10_t) +
                     dip_line(summary);
  const double limit = summary.limiting_gap;
  // This names what falls to zero: the gap, or its distance from a positive limit.
  const std::string_view falling = limit > 0.0 ? "rest" : "gap";
  if (limit > 0.0) text += fmt::format("  the gap goes to {:.4g}; rest: |gap - {:.4g}|\n", limit, limit);
  if (summary.theory.power_law) {
    text += row(fmt::format("{} t", falling), scaled(summary.gap_excess, summary.horizon));
  } else {
    text += row(fmt::format("C: {} ~ C / ln t", falling), fit.constant) +
            row(fmt::format("{} ln t", falling), scaled(summary.gap_excess, std::log(summary.horizon)));
  }
  text += row("C in theory", summary.limiting_constant) + row("C / C in theory", fit.ratio) +
          row("R^2 of 1/" + std::string(falling) + " on ln t", fit.r2) +
          row(fmt::format("p: {} ~ (ln t)^-p", falling), fit.log_exponent) +
          row(fmt::format("q: {} ~ t^-q", falling), fit.power_exponent) + row("margin / largest", summary.margin_ratio);
  for (std::size_t i = 0; i + 1 < summary.fits.size(); ++i) {
    text += row(fmt::format("p at t = {:g}", summary.fits[i].t), summary.fits[i].log_exponent);
  }
  text += time_lines(summary) + theory_lines(summary.theory);
  // The fits begin at the square root of the horizon.
  if (summary.dip_log10_t.q95() > 0.5 * std::log10(summary.horizon)) {
    text += "  over 5 % of the dips lie in the fit window: C, p and q need more --steps\n";
  }
  text += fmt::format("  best fit: 1/ln t {}, (ln t)^-p {}, t^-q {}, undefined {}\n", fit.best_fit[0], fit.best_fit[1],
                      fit.best_fit[2], fit.best_fit[3]);
  if (summary.fits.size() > 1) {
    text += fmt::format("  like a power law at t = {:g} and like 1/ln t at the horizon: {}\n", summary.fits.front().t,
                        summary.power_law_first_inverse_log_last);
  }
  return text;
}

}  // namespace

Table::Table(const Experiment& experiment, const Schedule& schedule, const BarStyle& style)
    : cells_(experiment.cell_count()), style_(style), shown_t_(shown_times(schedule)) {}

void Table::begin_cell(std::size_t index, const Cell& cell) {
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

bool Table::wants(double t) const {
  return cells_ <= most_detailed_cells && std::binary_search(shown_t_.begin(), shown_t_.end(), t);
}

void Table::recorded(const RecordedSummary& summary) {
  const Quantiles& margin = summary.margin();
  const Quantiles& gap = summary.gap();
  text_ += fmt::format("  {:<10}{:>13}", fmt::format("{:g}", summary.t), summary.classified) +
           columns_of({margin.q05(), margin.median(), gap.q05(), gap.median(), gap.q95()}) + "\n";
}

void Table::end_cell(const CellSummary& summary) {
  if (cells_ <= most_detailed_cells) {
    const char* name = summary.limiting_gap > 0.0 ? "p: rest ~ (ln t)^-p" : "p: gap ~ (ln t)^-p";
    text_ +=
        outcome_lines(summary, style_) + rate_lines(summary) + histogram_rows(name, summary.log_exponent_rows, style_);
    return;
  }
  if (summary.index >= most_listed_cells) {
    if (summary.index + 1 == cells_) text_ += fmt::format("  ... {} more cells\n", cells_ - most_listed_cells);
    return;
  }
  const auto median = [](const Quantiles& of) { return significant(of.median()); };
  const auto share = [&](std::uint64_t count) { return fmt::format("{:.2f}", percent(count, summary.trials)); };
  const std::uint64_t others = summary.trials - summary.outcome[0] - summary.outcome[1];
  const FitSummary& fit = summary.fit();
  text_ += fmt::format(listed_row, summary.index, share(summary.outcome[0]), share(summary.outcome[1]), share(others),
                       median(summary.dip_margin), summary.theory.power_law ? "-" : median(fit.constant),
                       median(summary.limiting_constant), median(fit.log_exponent), median(fit.power_exponent),
                       verdict_mark(summary.theory));
}

}  // namespace logmargin
