#include "host/report/figures/comparison_figure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/report/cell_name.hpp"

namespace logmargin {

namespace {

/// Returns whether logarithmic axes can show the median gap.
bool shown(const DrawnTime& seen) {
  return std::isfinite(seen.log10_t) && std::isfinite(seen.gap[band_median]) && seen.gap[band_median] > 0.0;
}

}  // namespace

FigureGroup comparison_figure(const ReportData& data) {
  std::string text;
  std::string curves;
  std::string description = "At the last recorded t with a gap, the median:";
  double last = 0.0;
  std::size_t compared = 0;
  for (std::size_t i = 0; i < std::min(drawn_cells, data.cells.size()); ++i) {
    const std::vector<DrawnTime>& recorded = data.cells[i].recorded;
    const auto end = std::find_if(recorded.rbegin(), recorded.rend(), shown);
    if (end == recorded.rend()) continue;
    // gnuplot's data sets are parted by two empty lines.
    text += fmt::format("{}# cell {}: log10_t, median gap\n", compared == 0 ? "" : "\n\n", i);
    for (const DrawnTime& seen : recorded) {
      if (shown(seen)) text += fmt::format("{} {}\n", data_number(seen.log10_t), data_number(seen.gap[band_median]));
    }
    const std::string name = cell_name(data, data.cells[i]);
    curves +=
        fmt::format("{}'gaps.dat' index {} using 1:2 with linespoints pt 7 ps 0.3 lc rgb '{}' lw 2 dt {} t 'cell {}'",
                    compared == 0 ? "" : ", \\\n  ", compared, colour::of_curves[compared % colour::of_curves.size()],
                    compared / colour::of_curves.size() + 1, i);
    description +=
        fmt::format("{} {} in cell {} ({})", compared == 0 ? "" : ",", word_number(end->gap[band_median]), i, name);
    last = std::max(last, end->log10_t);
    ++compared;
  }
  FigureGroup group;
  if (compared < 2) return group;
  group.data.push_back({"gaps.dat", text});
  group.figures.push_back({"gaps", "Median gap of each cell", description + "." + first_cells_words(data),
                           time_axis(last) +
                               "set logscale y\nset format y '10^{%T}'\nset ylabel 'median gap' tc rgb ink\n"
                               "set key outside right top maxcols 1 font ',11' spacing 1\nplot " +
                               curves + "\n"});
  return group;
}

}  // namespace logmargin
