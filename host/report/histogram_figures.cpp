#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "host/report/cell_figures.hpp"

namespace logmargin {

namespace {

constexpr std::array<const char*, 7> colours = {colour::blue,   colour::vermilion, colour::green, colour::orange,
                                                colour::purple, colour::sky,       colour::grey};

std::uint64_t total(const ReportHistogram& histogram) {
  std::uint64_t count = 0;
  for (const ReportBar& bar : histogram.bars) count += bar.count;
  return count;
}

/// The bars' edges and densities: their area is 1.
std::string data_text(const ReportHistogram& histogram) {
  std::string text = "# low, high, density (share a unit), count\n";
  const auto all = static_cast<double>(total(histogram));
  for (const ReportBar& bar : histogram.bars) {
    const double width = bar.high - bar.low;
    if (!(width > 0.0)) continue;
    text += fmt::format("{} {} {} {}\n", data_number(bar.low), data_number(bar.high),
                        data_number(static_cast<double>(bar.count) / all / width), bar.count);
  }
  return text;
}

/// The value below which the share of the counts lies, to bar width.
double at_share(const ReportHistogram& histogram, double share, bool high) {
  const auto all = static_cast<double>(total(histogram));
  double below = 0.0;
  for (const ReportBar& bar : histogram.bars) {
    below += static_cast<double>(bar.count);
    if (below >= share * all) return high ? bar.high : bar.low;
  }
  return histogram.bars.back().high;
}

/// Where nearly all of the histograms' values lie, with a margin.
std::string value_axis(const std::vector<const ReportHistogram*>& histograms) {
  double low = at_share(*histograms.front(), 0.005, false);
  double high = at_share(*histograms.front(), 0.995, true);
  for (const ReportHistogram* histogram : histograms) {
    low = std::min(low, at_share(*histogram, 0.005, false));
    high = std::max(high, at_share(*histogram, 0.995, true));
  }
  const double least = 1e-3 * std::max(std::fabs(low), std::fabs(high));
  const double pad = std::max(0.06 * (high - low), least);
  return fmt::format("set xrange [{:.8g}:{:.8g}]\n", low - pad, high + pad);
}

std::string bars(const std::string& file, const char* fill, const std::string& title) {
  return fmt::format(
      "'{}' using (($1+$2)/2):3:1:2:(0):3 with boxxyerror fc rgb '{}' fs transparent solid 0.45 noborder {}", file,
      fill, title.empty() ? "notitle" : "t " + gnuplot_quoted(title) + " noenhanced");
}

std::string words(const ReportHistogram& histogram, const Band& band) {
  return fmt::format("{} networks; median {}, 5 to 95 %: {} to {}", total(histogram), word_number(band[2]),
                     word_number(band.front()), word_number(band.back()));
}

const std::string frame = "set yrange [0:*]\nset ylabel 'density' tc rgb ink\nset xtics autofreq\nset key top right\n";

}  // namespace

FigureGroup histogram_figures(const ReportCell& cell, std::size_t index) {
  FigureGroup group;
  std::vector<const ReportHistogram*> times;
  std::string times_curves;
  std::string times_words;
  for (const ReportHistogram& histogram : cell.histograms) {
    if (histogram.bars.empty()) continue;
    const bool of_time = histogram.quantity == "log10_t_eps";
    const std::size_t nth = times.size();
    if (of_time && nth == colours.size()) continue;
    const std::string name = fmt::format("cell{}-{}", index,
                                         of_time                                ? fmt::format("t-eps-{}", nth)
                                         : histogram.quantity == "log_exponent" ? std::string("log-exponent")
                                                                                : std::string("ratio"));
    group.data.push_back({name + ".dat", data_text(histogram)});
    if (of_time) {
      const auto time = std::find_if(cell.times.begin(), cell.times.end(),
                                     [&](const ReportTime& seen) { return seen.threshold == histogram.threshold; });
      times.push_back(&histogram);
      times_curves += (nth == 0 ? "" : ", \\\n  ") + bars(name + ".dat", colours[nth], "ε = " + histogram.threshold);
      times_words += fmt::format("{}eps {}: {}, {} never above", nth == 0 ? "" : ". ", histogram.threshold,
                                 words(histogram, time->log10_t), time->never_above);
      continue;
    }
    const bool exponent = histogram.quantity == "log_exponent";
    const std::string line =
        fmt::format("set arrow from 1,graph 0 to 1,graph 1 nohead lc rgb '{}' lw 1.5 dt 2 front\n", colour::vermilion);
    group.figures.push_back({name, exponent ? "Log exponent p of gap ~ (ln t)^-p" : "Fitted C over C_inf",
                             words(histogram, exponent ? cell.log_exponent : cell.ratio) + ". Dashed: 1.",
                             frame + value_axis({&histogram}) + line +
                                 fmt::format("set xlabel '{}' tc rgb ink\n", exponent ? "p" : "C / C_∞") + "plot " +
                                 bars(name + ".dat", colour::blue, "") + "\n"});
  }
  if (!times.empty()) {
    group.figures.push_back(
        {fmt::format("cell{}-t-eps", index), "Time until the gap stays within ε", times_words + ".",
         frame + value_axis(times) + "set xlabel 'log_{10} t_ε' tc rgb ink\nplot " + times_curves + "\n"});
  }
  return group;
}

}  // namespace logmargin
