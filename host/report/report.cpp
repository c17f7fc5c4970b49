#include "host/report/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "host/error.hpp"
#include "host/output/whole_file.hpp"
#include "host/report/cell_figures.hpp"
#include "host/report/comparison_figure.hpp"
#include "host/report/figure_folder.hpp"
#include "host/report/gnuplot.hpp"
#include "host/report/page.hpp"
#include "host/report/report_data.hpp"
#include "host/report/sweep_figures.hpp"

namespace logmargin {

namespace {

void append(FigureGroup& group, FigureGroup more) {
  std::move(more.figures.begin(), more.figures.end(), std::back_inserter(group.figures));
  std::move(more.data.begin(), more.data.end(), std::back_inserter(group.data));
}

/// Writes a group's scripts and data, and notes the scripts.
void write_group(const FigureFolder& folder, const FigureGroup& group, std::vector<Figure>& written) {
  for (const FigureData& data : group.data) folder.write(data.name, data.text);
  for (const Figure& figure : group.figures) {
    folder.write(figure.name + ".gp", script_text(figure, false));
    written.push_back(figure);
  }
}

std::vector<DrawnFigure> drawn(const FigureFolder& folder, const FigureGroup& group) {
  std::vector<DrawnFigure> result;
  for (const Figure& figure : group.figures) result.push_back({figure, folder.read(figure.name + ".svg")});
  return result;
}

/// One script that fails ends its gnuplot: the pictures still missing then get one each.
ToolRun drawn_all(const FigureFolder& folder, const std::vector<std::string>& scripts, double limit,
                  const std::atomic<int>& stop_signal) {
  ToolRun run = run_gnuplot(folder.path(), scripts, limit, stop_signal);
  if (run.ended_well || !run.failed_by_itself) return run;
  run = {true, {}};
  for (const std::string& script : scripts) {
    const std::string picture = script.substr(0, script.rfind('.')) + ".svg";
    // The one that failed may have left half a picture.
    if (folder.read(picture).find("</svg>") != std::string::npos) continue;
    const ToolRun alone = run_gnuplot(folder.path(), {script}, limit, stop_signal);
    if (alone.ended_well) continue;
    folder.remove(picture);
    run = alone;
    if (!alone.failed_by_itself) break;
  }
  return run;
}

/// The figures as PDF files too, in a second process, as pdfcairo may be missing where svg is not.
std::string draw_pdf(const FigureFolder& folder, const std::vector<Figure>& figures, double limit,
                     const std::atomic<int>& stop_signal) {
  std::vector<std::string> scripts;
  for (const Figure& figure : figures) {
    scripts.push_back(figure.name + "-pdf.gp");
    folder.write(scripts.back(), script_text(figure, true));
  }
  const ToolRun run = run_gnuplot(folder.path(), scripts, limit, stop_signal);
  for (const std::string& script : scripts) folder.remove(script);
  if (run.ended_well) return {};
  for (const Figure& figure : figures) folder.remove(figure.name + ".pdf");
  return "no PDF pictures: " + run.trouble + "; they need gnuplot with its pdfcairo terminal";
}

}  // namespace

std::string write_report(const std::filesystem::path& folder, const ReportOptions& options,
                         const std::atomic<int>& stop_signal) {
  const ReportData data = read_report_data(folder);
  WholeFile file(folder / "report.html");
  const FigureFolder figures(folder);
  std::vector<Figure> written;
  FigureGroup sweep = outcome_figure(data);
  append(sweep, comparison_figure(data));
  const FigureGroup maps = heat_maps(data);
  write_group(figures, sweep, written);
  write_group(figures, maps, written);
  std::vector<FigureGroup> cells;
  for (std::size_t i = 0; i < std::min(drawn_cells, data.cells.size()); ++i) {
    FigureGroup group = time_figures(data.cells[i], i);
    append(group, histogram_figures(data.cells[i], i));
    write_group(figures, group, written);
    cells.push_back(std::move(group));
  }

  std::vector<std::string> scripts;
  scripts.reserve(written.size());
  for (const Figure& figure : written) scripts.push_back(figure.name + ".gp");
  const ToolRun run = drawn_all(figures, scripts, options.gnuplot_limit_in_seconds, stop_signal);
  DrawnFigures drawings;
  drawings.trouble = run.trouble;
  drawings.sweep = drawn(figures, sweep);
  drawings.maps = drawn(figures, maps);
  for (const FigureGroup& group : cells) drawings.cells.push_back(drawn(figures, group));
  try {
    file.write(report_page(data, drawings));
  } catch (const nlohmann::json::exception& error) {
    throw FileError(
        fmt::format("'{}' is not a whole summary of a sweep: {}", (folder / "summary.json").string(), error.what()));
  }
  file.settle();
  file.require_free_name();

  std::string missing = run.trouble.empty() ? "" : "pictures are missing: " + run.trouble;
  if (options.pdf && run.ended_well)
    missing = draw_pdf(figures, written, options.gnuplot_limit_in_seconds, stop_signal);
  figures.publish();
  file.publish();
  return missing;
}

}  // namespace logmargin
