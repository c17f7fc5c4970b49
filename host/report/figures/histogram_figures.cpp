#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/report/figures/cell_figures.hpp"

namespace logmargin {

namespace {

constexpr std::size_t most_times = 6;

std::uint64_t total(const ReportHistogram& histogram) {
  std::uint64_t count = 0;
  for (const Bar& bar : histogram.bars) count += bar.count;
  return count;
}

/// Returns the value below which the share of the counts lies, to bar width.
double at_share(const ReportHistogram& histogram, double share, bool high) {
  const auto all = static_cast<double>(total(histogram));
  double below = 0.0;
  for (const Bar& bar : histogram.bars) {
    below += static_cast<double>(bar.count);
    if (below >= share * all) return high ? bar.high : bar.low;
  }
  return histogram.bars.back().high;
}

struct ValueAxis {
  double low, high;
};

/// Returns the axis on which nearly all values lie, with a margin.
ValueAxis value_axis(const ReportHistogram& histogram) {
  const double low = at_share(histogram, 0.01, false);
  const double high = at_share(histogram, 0.99, true);
  const double least = 1e-3 * std::max(std::fabs(low), std::fabs(high));
  const double pad = std::max(0.06 * (high - low), least > 0.0 ? least : 0.5);
  return {low - pad, high + pad};
}

/// Returns the bars' edges and densities, with which their area is 1. A value that is exact, as 0 is, has a bar of a
/// hundredth of the axis.
std::string data_text(const ReportHistogram& histogram) {
  std::string text = "# low, high, density (share a unit), count\n";
  const auto all = static_cast<double>(total(histogram));
  const ValueAxis axis = value_axis(histogram);
  for (const Bar& bar : histogram.bars) {
    const double half = bar.high > bar.low ? 0.0 : 0.005 * (axis.high - axis.low);
    const double width = bar.high - bar.low + 2.0 * half;
    text += fmt::format("{} {} {} {}\n", data_number(bar.low - half), data_number(bar.high + half),
                        data_number(static_cast<double>(bar.count) / all / width), bar.count);
  }
  return text;
}

std::string words(const ReportHistogram& histogram, const Band& band) {
  return fmt::format("{} networks; median {}, 5 to 95 %: {} to {}", total(histogram), word_number(band[2]),
                     word_number(band.front()), word_number(band.back()));
}

/// Returns the commands of one histogram, from the axes to plot. The commands in over draw on it, and come between the
/// two.
std::string commands(const ReportHistogram& histogram, const std::string& file, const std::string& axis,
                     const std::string& over) {
  const ValueAxis values = value_axis(histogram);
  return "set yrange [0:*]\nset ylabel 'density' tc rgb ink\nset xtics autofreq\n" +
         fmt::format("set xrange [{:.8g}:{:.8g}]\n", values.low, values.high) + over +
         fmt::format(
             "set xlabel '{}' tc rgb ink\nplot '{}' using (($1+$2)/2):3:1:2:(0):3 with boxxyerror fc rgb '{}' fs "
             "transparent solid 0.65 noborder notitle\n",
             axis, file, colour::blue);
}

/// Returns the figure of the log exponent or of C / C∞, where 1 is the law.
Figure beside_the_law(const ReportHistogram& histogram, const Band& band, const std::string& name) {
  const bool exponent = histogram.quantity == "log_exponent";
  const std::string line =
      fmt::format("set arrow from 1,graph 0 to 1,graph 1 nohead lc rgb '{}' lw 1.5 dt 2 front\n", colour::vermilion);
  return {name, exponent ? "Log exponent p of gap ~ (ln t)⁻ᵖ" : "Fitted C over C∞",
          words(histogram, band) + ". Dashed: 1.",
          commands(histogram, name + ".dat", exponent ? "p" : "C / C_∞", line)};
}

Figure time_to_gap(const ReportHistogram& histogram, const ReportTime& time, const std::string& name) {
  return {name, fmt::format("Time until the gap stays within ε = {}", time.threshold),
          fmt::format("log10 t_ε: {}; {} never above, {} never within, {} not known.", words(histogram, time.log10_t),
                      time.never_above, time.never_within, time.not_known),
          commands(histogram, name + ".dat", "log_{10} t_ε", "")};
}

}  // namespace

FigureGroup histogram_figures(const ReportCell& cell, std::size_t index) {
  FigureGroup group;
  std::size_t times = 0;
  for (const ReportHistogram& histogram : cell.histograms) {
    if (histogram.bars.empty()) continue;
    std::string name = fmt::format("cell{}-", index);
    if (histogram.quantity == "log10_t_eps") {
      if (times == most_times) continue;
      name += fmt::format("t-eps-{}", times++);
      const auto time = std::find_if(cell.times.begin(), cell.times.end(),
                                     [&](const ReportTime& seen) { return seen.threshold == histogram.threshold; });
      group.figures.push_back(time_to_gap(histogram, *time, name));
    } else {
      const bool exponent = histogram.quantity == "log_exponent";
      name += exponent ? "log-exponent" : "ratio";
      group.figures.push_back(beside_the_law(histogram, exponent ? cell.log_exponent : cell.ratio, name));
    }
    group.data.push_back({name + ".dat", data_text(histogram)});
  }
  return group;
}

}  // namespace logmargin
