#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/report/figures/cell_figures.hpp"

namespace logmargin {

namespace {

/// These are the columns of a cell's data file at which each quantity begins; gnuplot counts from 1.
constexpr int gap_column = 2, inverse_gap_column = 7, margin_column = 12, exponent_column = 17, pattern_column = 22;

std::string pattern_text(std::size_t pattern) {
  std::string bits;
  for (std::size_t i = 0; i < 4; ++i) bits += (pattern >> i & 1) != 0 ? '1' : '0';
  return bits;
}

std::string data_text(const ReportCell& cell) {
  std::string text =
      "# log10_t, then q05 q25 q50 q75 q95 of: gap, 1/gap (of those of the gap), margin, local log exponent;\n"
      "# then the share of each activation pattern 0 to 15 (bit 0 is z11 > 0, then z12, z21, z22)\n";
  for (const DrawnTime& seen : cell.recorded) {
    if (!std::isfinite(seen.log10_t)) continue;
    text += data_number(seen.log10_t);
    for (const double gap : seen.gap) text += " " + (gap > 0.0 ? data_number(gap) : "NaN");
    for (const double gap : seen.gap) text += " " + (gap > 0.0 ? data_number(1.0 / gap) : "NaN");
    for (const double value : seen.margin) text += " " + data_number(value);
    for (const double value : seen.local_log_exponent) text += " " + data_number(value);
    for (const double share : seen.pattern_share) text += " " + data_number(share);
    text += '\n';
  }
  return text;
}

/// Returns whether one recorded t alone has a place on an axis of ln t: lines and bands need two.
bool is_lone(const ReportCell& cell) {
  return std::count_if(cell.recorded.begin(), cell.recorded.end(),
                       [](const DrawnTime& seen) { return std::isfinite(seen.log10_t); }) == 1;
}

/// Returns how one curve is drawn, before its colour.
const char* curve_style(const ReportCell& cell) { return is_lone(cell) ? "points pt 7 ps 0.6" : "lines"; }

/// Returns the plot of the 25-75 % band and the median, of the five columns from first. Without the rest a picture has
/// few lines.
std::string inner_band(const ReportCell& cell, const std::string& file, int first, const std::string& x) {
  const int q25 = first + 1, median = first + 2, q75 = first + 3;
  const std::string band =
      is_lone(cell) ? fmt::format("{}:{}:{}:{} with yerrorbars pt 0 lc rgb '{}' lw 5", x, median, q25, q75, colour::sky)
                    : fmt::format("{}:{}:{} with filledcurves fc rgb '{}' fs transparent solid 0.35 noborder", x, q25,
                                  q75, colour::blue);
  return fmt::format("'{}' using {} t '25-75 %', \\\n  '' using {}:{} with {} lc rgb '{}' lw 2 t 'median'", file, band,
                     x, median, curve_style(cell), colour::blue);
}

/// Returns the plot of the 5-95 % band, and of the inner band and the median too.
std::string bands(const ReportCell& cell, const std::string& file, int first) {
  const int q05 = first, median = first + 2, q95 = first + 4;
  const std::string band =
      is_lone(cell) ? fmt::format("1:{}:{}:{} with yerrorbars pt 0 lc rgb '{}' lw 1.5", median, q05, q95, colour::blue)
                    : fmt::format("1:{}:{} with filledcurves fc rgb '{}' fs transparent solid 0.18 noborder", q05, q95,
                                  colour::blue);
  return fmt::format("'{}' using {} t '5-95 %', \\\n  ", file, band) + inner_band(cell, file, first, "1");
}

/// Returns the largest finite value that of gives over the recorded t from the share of ln T on, or 0 where there is
/// none.
template <class Of>
double largest(const ReportCell& cell, double from, Of of) {
  double most = 0.0;
  for (const DrawnTime& seen : cell.recorded) {
    if (!(seen.log10_t >= from * cell.recorded.back().log10_t)) continue;
    const double value = of(seen);
    if (std::isfinite(value)) most = std::max(most, value);
  }
  return most;
}

std::string median_words(const char* quantity, const Band& band) {
  return fmt::format("{} {} (5 to 95 %: {} to {})", quantity, word_number(band[band_median]), word_number(band.front()),
                     word_number(band.back()));
}

void add_gap(FigureGroup& group, const ReportCell& cell, const std::string& prefix, const std::string& file) {
  const DrawnTime& last = cell.recorded.back();
  const double constant = cell.limiting_constant[band_median];
  const bool known = std::isfinite(constant) && constant > 0.0;
  const std::string words =
      fmt::format("At the horizon, t = 10^{:.4g}: {}. {}", last.log10_t, median_words("median gap", last.gap),
                  known ? fmt::format("Prediction C∞ / {} with the median C∞ = {}.", cell.power_law ? "t" : "ln t",
                                      word_number(constant))
                        : "No C∞ is known here.");
  const std::string law = fmt::format("{:.8g}/{}", constant, cell.power_law ? "10**x" : "(x*log(10))");
  const auto prediction = [&](const std::string& formula) {
    return known ? fmt::format(", \\\n  {} with lines lc rgb '{}' lw 2 dt 2 t 'C_∞ / {}'", formula, colour::vermilion,
                               cell.power_law ? "t" : "ln t")
                 : std::string();
  };
  const std::string late = fmt::format("(x > 0.4 ? {} : NaN)", law);
  const double top = largest(cell, 0.0, [](const DrawnTime& seen) { return seen.gap.back(); });
  group.figures.push_back({prefix + "gap", "Gap on an axis of ln t", words,
                           time_axis(last.log10_t) +
                               fmt::format("set yrange [0:{:.4g}]\nset ylabel 'gap' tc rgb ink\nset samples 400\nplot ",
                                           top > 0.0 ? 1.08 * top : 1.0) +
                               bands(cell, file, gap_column) + prediction(late) + "\n"});
  group.figures.push_back({prefix + "gap-log", "Gap on logarithmic axes", words,
                           time_axis(last.log10_t) +
                               "set logscale y\nset format y '10^{%T}'\nset ylabel 'gap' tc rgb ink\nset samples 400\n"
                               "set key bottom right\nplot " +
                               bands(cell, file, gap_column) + prediction(late) + "\n"});
  const double slope_top =
      largest(cell, 0.4, [](const DrawnTime& seen) { return seen.gap[1] > 0.0 ? 1.0 / seen.gap[1] : 0.0; });
  group.figures.push_back(
      {prefix + "slope", "Slope view: 1/gap against ln t",
       fmt::format(
           "A straight line is the law gap = C / ln t, its slope 1/C. {} {}",
           fmt::format("Fitted: {}.", median_words("median C", cell.constant)),
           known && !cell.power_law ? fmt::format("Prediction: slope 1/C∞ = {}.", word_number(1.0 / constant)) : ""),
       fmt::format("set xrange [0:{}*log(10)]\nset yrange [0:{:.4g}]\nset xlabel 'ln t' tc rgb ink\n"
                   "set ylabel '1/gap' tc rgb ink\nset key top center\nplot ",
                   time_axis_end(last.log10_t), slope_top > 0.0 ? 1.1 * slope_top : 1.0) +
           inner_band(cell, file, inverse_gap_column, "($1*log(10))") +
           prediction(fmt::format("{}/{:.8g}", cell.power_law ? "exp(x)" : "x", constant)) + "\n"});
}

void add_exponent(FigureGroup& group, const ReportCell& cell, const std::string& prefix, const std::string& file) {
  const DrawnTime& last = cell.recorded.back();
  if (!std::isfinite(last.local_log_exponent[band_median])) return;
  group.figures.push_back(
      {prefix + "exponent", "Local log exponent",
       fmt::format("-d ln gap / d ln ln t between recorded t; 1 is the law C / ln t. At the horizon: {}.",
                   median_words("median", last.local_log_exponent)),
       time_axis(last.log10_t) +
           "set yrange [-1:3]\nset ylabel 'local log exponent' tc rgb ink\nset key top right\nplot " +
           bands(cell, file, exponent_column) +
           fmt::format(", \\\n  1 with lines lc rgb '{}' lw 2 dt 2 t '1'\n", colour::vermilion)});
}

void add_dip(FigureGroup& group, const ReportCell& cell, const std::string& prefix, const std::string& file) {
  const bool margin_seen = std::any_of(cell.recorded.begin(), cell.recorded.end(), [](const DrawnTime& seen) {
    return std::isfinite(seen.log10_t) && std::isfinite(seen.margin[band_median]);
  });
  if (!margin_seen || !std::isfinite(cell.dip_margin[band_median])) return;
  const double horizon = cell.recorded.back().log10_t;
  const double when = cell.dip_log10_t[band_median];
  // The picture ends beyond the dip, and at the first recorded t at least.
  const auto first = std::find_if(cell.recorded.begin(), cell.recorded.end(),
                                  [](const DrawnTime& seen) { return std::isfinite(seen.log10_t); });
  const double beyond = std::max(std::ceil(cell.dip_log10_t.back() + 2.0), first->log10_t);
  const double shown = std::isfinite(when) ? std::min(horizon, beyond) : horizon;
  const std::string mark =
      std::isfinite(when)
          ? fmt::format("set arrow from {0:.6g},graph 0 to {0:.6g},graph 1 nohead lc rgb '{1}' lw 1.5 dt 2\n", when,
                        colour::vermilion)
          : std::string();
  const std::string key =
      std::isfinite(when)
          ? fmt::format(", \\\n  NaN with lines lc rgb '{}' lw 1.5 dt 2 t 'median t of the dip'", colour::vermilion)
          : std::string();
  group.figures.push_back({prefix + "dip", "The dip: margin early on",
                           fmt::format("{}; {}.", median_words("Median lowest margin", cell.dip_margin),
                                       median_words("median log10 t of it", cell.dip_log10_t)),
                           time_axis(shown) + mark + "set ylabel 'margin' tc rgb ink\nset key bottom right\nplot " +
                               bands(cell, file, margin_column) + key + "\n"});
}

void add_patterns(FigureGroup& group, const ReportCell& cell, const std::string& prefix, const std::string& file) {
  constexpr std::size_t lines_shown = colour::of_curves.size();
  std::array<double, 16> most{};
  for (const DrawnTime& seen : cell.recorded) {
    for (std::size_t i = 0; i < most.size(); ++i) most[i] = std::max(most[i], seen.pattern_share[i]);
  }
  std::array<std::size_t, 16> order{};
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return most[a] > most[b]; });
  std::string curves;
  std::string words = "Share of networks by sign of z11 z12 z21 z22 (1: active). At the horizon:";
  for (std::size_t i = 0; i < lines_shown && most[order[i]] > 0.0; ++i) {
    curves += fmt::format("{}'{}' using 1:{} with {} lc rgb '{}' lw 2 dt {} t '{}'", curves.empty() ? "" : ", \\\n  ",
                          file, pattern_column + static_cast<int>(order[i]), curve_style(cell), colour::of_curves[i],
                          i % 3 + 1, pattern_text(order[i]));
    words += fmt::format("{} {} {:.3g} %", i == 0 ? "" : ",", pattern_text(order[i]),
                         100.0 * cell.recorded.back().pattern_share[order[i]]);
  }
  if (curves.empty()) return;
  const bool others = most[order[lines_shown]] > 0.0;
  group.figures.push_back(
      {prefix + "patterns", "Activation patterns",
       words + (others ? fmt::format("; the {} patterns seen most, of the others none exceeds {:.3g} % at any t.",
                                     lines_shown, 100.0 * most[order[lines_shown]])
                       : "."),
       time_axis(cell.recorded.back().log10_t) +
           "set yrange [0:*]\nset format y '%g'\nset ylabel 'share of networks' tc rgb ink\n"
           "set key outside right top\nplot " +
           curves + "\n"});
}

}  // namespace

FigureGroup time_figures(const ReportCell& cell, std::size_t index) {
  FigureGroup group;
  if (cell.recorded.empty() || !std::isfinite(cell.recorded.back().log10_t)) return group;
  const std::string prefix = fmt::format("cell{}-", index);
  const std::string file = prefix + "times.dat";
  group.data.push_back({file, data_text(cell)});
  // gnuplot stops where a logarithmic axis has nothing to show.
  const bool gap_seen = largest(cell, 0.0, [](const DrawnTime& seen) { return seen.gap[band_median]; }) > 0.0;
  if (gap_seen && std::isfinite(cell.recorded.back().gap[band_median])) add_gap(group, cell, prefix, file);
  add_exponent(group, cell, prefix, file);
  add_patterns(group, cell, prefix, file);
  add_dip(group, cell, prefix, file);
  return group;
}

}  // namespace logmargin
