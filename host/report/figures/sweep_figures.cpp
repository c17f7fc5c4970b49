#include "host/report/figures/sweep_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>

#include "host/plan/number.hpp"
#include "host/report/cell_name.hpp"
#include "host/results/files/columns.hpp"

namespace logmargin {

namespace {

constexpr std::size_t most_thresholds = 3;
constexpr std::size_t labelled_values = 12;
/// A heat map draws so many cells as boxes. More cells are drawn as pixels.
constexpr std::size_t most_boxes = 1000;

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// Returns the values that an axis takes, in the order of the cells.
std::vector<std::string> values_of(const ReportData& data, std::size_t axis) {
  std::vector<std::string> values;
  std::map<std::string, bool> seen;
  for (const ReportCell& cell : data.cells) {
    if (seen.emplace(cell.axis_values[axis], true).second) values.push_back(cell.axis_values[axis]);
  }
  return values;
}

std::map<std::string, std::size_t> places_of(const std::vector<std::string>& values) {
  std::map<std::string, std::size_t> places;
  for (const std::string& value : values) places.emplace(value, places.size());
  return places;
}

std::string tics(const char* axis, const std::vector<std::string>& values) {
  const std::size_t every = (values.size() + labelled_values - 1) / labelled_values;
  std::string text = fmt::format("set {}tics (", axis);
  for (std::size_t i = 0; i < values.size(); i += every) {
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", gnuplot_quoted(label_text(values[i])), i);
  }
  return text + ") noenhanced\n";
}

std::string box_plot(const std::string& name) {
  return fmt::format(
      "plot '{}.dat' using 1:2:($1-0.5):($1+0.5):($2-0.5):($2+0.5):3 with boxxyerror fc palette fs solid 1 noborder "
      "notitle",
      name);
}

/// Returns a plot with a pixel for each cell, in a fraction of the bytes that a box takes. Precondition: every place of
/// the grid has a line. Lines that are NaN must not be skipped.
std::string image_plot(const std::string& name) {
  return fmt::format("set datafile missing\nplot '{}.dat' using 1:2:3 with image notitle", name);
}

struct Shown {
  std::string name, title;
  std::function<double(const ReportCell&)> value;
  bool of_one_law = false;  ///< cells of another law than the first have nothing comparable
};

std::vector<Shown> shown_quantities(const ReportData& data) {
  std::vector<Shown> shown = {
      {"stuck", "Share of stuck networks", [](const ReportCell& cell) { return share(cell.outcome[1], cell.trials); }},
      {"constant", "Median C∞", [](const ReportCell& cell) { return cell.limiting_constant[2]; }, true}};
  const std::size_t thresholds = std::min(most_thresholds, data.cells.front().times.size());
  for (std::size_t i = 0; i < thresholds; ++i) {
    shown.push_back({fmt::format("t-eps-{}", i),
                     fmt::format("Median log10 t_ε, ε = {}", data.cells.front().times[i].threshold),
                     [i](const ReportCell& cell) { return cell.times.at(i).log10_t[2]; }});
  }
  return shown;
}

void add_heat_map(FigureGroup& group, const ReportData& data, std::size_t down, std::size_t across,
                  const Shown& shown) {
  const std::vector<std::string> rows = values_of(data, down);
  const std::vector<std::string> columns = values_of(data, across);
  const std::string name = fmt::format("map-{}-{}-{}", axis_names[down], axis_names[across], shown.name);
  const std::map<std::string, std::size_t> place_down = places_of(rows);
  const std::map<std::string, std::size_t> place_across = places_of(columns);
  const ReportCell& first = data.cells.front();
  std::string text =
      fmt::format("# place on the axis {}, place on the axis {}, value\n", axis_names[across], axis_names[down]);
  std::size_t drawn = 0;
  std::size_t known = 0;
  bool other_law = false;
  double least = INFINITY;
  double most = -INFINITY;
  for (const ReportCell& cell : data.cells) {
    bool at_first = true;
    for (std::size_t axis = 0; axis < axis_names.size(); ++axis) {
      if (axis != down && axis != across) at_first = at_first && cell.axis_values[axis] == first.axis_values[axis];
    }
    if (!at_first) continue;
    const bool comparable = !shown.of_one_law || cell.power_law == first.power_law;
    if (!comparable) other_law = true;
    const double value = comparable ? shown.value(cell) : std::numeric_limits<double>::quiet_NaN();
    ++drawn;
    const std::string written = data_number(value);
    text += fmt::format("{} {} {}\n", place_across.at(cell.axis_values[across]), place_down.at(cell.axis_values[down]),
                        written);
    if (!std::isfinite(value)) continue;
    // These are the numbers that gnuplot reads, so that values that differ in later digits have one colour.
    least = std::min(least, parse_number(written).value_or(value));
    most = std::max(most, parse_number(written).value_or(value));
    ++known;
  }
  if (known == 0) return;
  const std::string law_note = other_law
                                   ? fmt::format(" Of gap ~ C / {}; cells of another law, or of none, are left empty.",
                                                 first.power_law ? "t" : "ln t")
                                   : "";
  group.data.push_back({name + ".dat", text});
  const bool numbers = rows.size() <= 8 && columns.size() <= 8;
  // Text is dark on the bright half of the palette.
  const double middle = 0.5 * (least + most);
  // Where all values are equal, their colour is the palette's middle; gnuplot knows no range without width.
  const double around = std::max(0.5, 0.01 * std::abs(least));
  const std::string labels =
      numbers ? fmt::format(
                    ", \\\n  '{0}.dat' using 1:2:($3 > {1:.8g} ? sprintf('%.3g', $3) : '') with labels tc rgb "
                    "'#111111' notitle, \\\n  '{0}.dat' using 1:2:($3 > {1:.8g} ? '' : sprintf('%.3g', $3)) "
                    "with labels tc rgb '#FFFFFF' notitle",
                    name, middle)
              : std::string();
  std::string others;
  for (std::size_t axis = 0; axis < axis_names.size(); ++axis) {
    if (axis == down || axis == across || values_of(data, axis).size() < 2) continue;
    others += fmt::format("; {} {}", axis_names[axis], label_text(first.axis_values[axis]));
  }
  group.figures.push_back(
      {name, shown.title,
       fmt::format("Over {} (across) and {} (up){}: from {} to {} in {} cells.", axis_names[across], axis_names[down],
                   others, word_number(least), word_number(most), known) +
           law_note,
       fmt::format("set border 15\nset xrange [-0.5:{}.5]\nset yrange [-0.5:{}.5]\n", columns.size() - 1,
                   rows.size() - 1) +
           tics("x", columns) + tics("y", rows) + (columns.size() > 5 ? "set xtics rotate by -40\n" : "") +
           fmt::format("set xlabel '{}' tc rgb ink noenhanced\nset ylabel '{}' tc rgb ink noenhanced\n",
                       axis_names[across], axis_names[down]) +
           // viridis, in five stops
           "set palette defined (0 '#440154', 1 '#3B528B', 2 '#21918C', 3 '#5EC962', 4 '#FDE725')\n"
           "set colorbox user origin 0.84,0.25 size 0.025,0.6\nset rmargin at screen 0.81\n"
           "set cbtics textcolor rgb ink\n" +
           (least < most
                ? std::string()
                : fmt::format("unset colorbox\nset cbrange [{:.8g}:{:.8g}]\n", least - around, most + around)) +
           (drawn > most_boxes && drawn == rows.size() * columns.size() ? image_plot(name) : box_plot(name)) + labels +
           "\n"});
}

}  // namespace

FigureGroup outcome_figure(const ReportData& data) {
  constexpr std::array<const char*, outcomes> colours = {
      colour::blue, colour::vermilion, colour::orange, colour::purple, colour::grey, colour::sky, colour::green};
  const std::size_t cells = std::min(drawn_cells, data.cells.size());
  std::string text = "# cell, then where the share of each outcome begins and ends:";
  for (const auto name : outcome_names) text += fmt::format(" {}", name);
  text += '\n';
  std::string description = "Share of networks by outcome.";
  for (std::size_t i = 0; i < cells; ++i) {
    const ReportCell& cell = data.cells[i];
    text += fmt::format("{}", i);
    description += fmt::format(" Cell {}:", i);
    double begin = 0.0;
    for (std::size_t k = 0; k < cell.outcome.size(); ++k) {
      const double part = share(cell.outcome[k], cell.trials);
      text += fmt::format(" {} {}", data_number(begin), data_number(begin + part));
      begin += part;
      if (cell.outcome[k] > 0) description += fmt::format(" {} {:.4g} %", outcome_names[k], 100.0 * part);
    }
    text += '\n';
    description += '.';
  }
  std::string curves;
  for (std::size_t k = 0; k < outcome_names.size(); ++k) {
    const std::size_t low = 2 + 2 * k;
    const bool any = std::any_of(data.cells.begin(), data.cells.begin() + static_cast<std::ptrdiff_t>(cells),
                                 [&](const ReportCell& cell) { return cell.outcome[k] > 0; });
    if (!any) continue;
    curves += fmt::format(
        "{}'outcomes.dat' using (0.5*(${}+${})):1:{}:{}:($1-0.38):($1+0.38) with boxxyerror fc rgb '{}' fs solid 0.85 "
        "noborder t '{}'",
        curves.empty() ? "" : ", \\\n  ", low, low + 1, low, low + 1, colours[k], outcome_names[k]);
  }
  FigureGroup group;
  group.data.push_back({"outcomes.dat", text});
  group.figures.push_back(
      {"outcomes", "Outcomes", description + first_cells_words(data),
       fmt::format("set xrange [0:1]\nset yrange [{}.6:-0.6]\nset ytics 1\nset format y 'cell %g'\n"
                   "set xlabel 'share of networks' tc rgb ink\nset key outside top center horizontal\nplot ",
                   cells - 1) +
           curves + "\n"});
  return group;
}

FigureGroup heat_maps(const ReportData& data) {
  std::vector<std::size_t> several;
  for (std::size_t axis = 0; axis < axis_names.size(); ++axis) {
    if (values_of(data, axis).size() > 1) several.push_back(axis);
  }
  FigureGroup group;
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < several.size(); ++i) {
    for (std::size_t k = i + 1; k < several.size() && pairs < most_axis_pairs; ++k, ++pairs) {
      for (const Shown& shown : shown_quantities(data)) add_heat_map(group, data, several[i], several[k], shown);
    }
  }
  return group;
}

}  // namespace logmargin
