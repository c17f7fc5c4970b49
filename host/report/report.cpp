#include "host/report/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "host/error.hpp"
#include "host/report/figures/cell_figures.hpp"
#include "host/report/figures/comparison_figure.hpp"
#include "host/report/figures/figure_folder.hpp"
#include "host/report/figures/gnuplot.hpp"
#include "host/report/figures/sweep_figures.hpp"
#include "host/report/page/page.hpp"
#include "host/report/report_data.hpp"
#include "host/results/folder/atomic_file.hpp"
#include "host/results/folder/stale_files.hpp"

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

/// PictureFormat is a format of pictures: how its files and their scripts end, and what stands in a whole one.
struct PictureFormat {
  std::string_view ending, script_ending, last_words;
};
constexpr PictureFormat svg_format = {".svg", ".gp", "</svg>"};
constexpr PictureFormat pdf_format = {".pdf", "-pdf.gp", "%%EOF"};

/// Draws the figures, and returns what went wrong first. One script that fails ends its gnuplot: the pictures still
/// missing then get one each.
std::string draw_all(const FigureFolder& folder, const std::vector<Figure>& figures, const PictureFormat& format,
                     double limit, const std::atomic<int>& stop_signal) {
  std::vector<std::string> scripts;
  scripts.reserve(figures.size());
  for (const Figure& figure : figures) scripts.push_back(fmt::format("{}{}", figure.name, format.script_ending));
  const ToolRun run = run_gnuplot(folder.path(), scripts, limit, stop_signal);
  if (run.ended_well || !run.failed_by_itself) return run.trouble;
  std::string trouble;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const std::string picture = fmt::format("{}{}", figures[i].name, format.ending);
    // The script that failed may have left half a picture.
    if (folder.read(picture).find(format.last_words) != std::string::npos) continue;
    const ToolRun alone = run_gnuplot(folder.path(), {scripts[i]}, limit, stop_signal);
    if (alone.ended_well) continue;
    folder.remove(picture);
    if (trouble.empty()) trouble = alone.trouble;
    if (!alone.failed_by_itself) break;
  }
  return trouble;
}

/// Draws the figures as PDF files too, in a second process, as pdfcairo may be missing where svg is not.
std::string draw_pdf(const FigureFolder& folder, const std::vector<Figure>& figures, double limit,
                     const std::atomic<int>& stop_signal) {
  const auto script = [](const Figure& figure) { return fmt::format("{}{}", figure.name, pdf_format.script_ending); };
  for (const Figure& figure : figures) folder.write(script(figure), script_text(figure, true));
  std::string trouble = draw_all(folder, figures, pdf_format, limit, stop_signal);
  for (const Figure& figure : figures) folder.remove(script(figure));
  return trouble;
}

}  // namespace

MissingPictures write_report(const std::filesystem::path& folder, const ReportData& data, const ReportOptions& options,
                             const std::atomic<int>& stop_signal) {
  remove_stale_files(folder);
  AtomicFile file(folder / "report.html");
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

  const double limit = options.gnuplot_limit_in_seconds;
  MissingPictures missing;
  missing.of_page = draw_all(figures, written, svg_format, limit, stop_signal);
  DrawnFigures drawings;
  drawings.trouble = missing.of_page;
  drawings.sweep = drawn(figures, sweep);
  drawings.maps = drawn(figures, maps);
  for (const FigureGroup& group : cells) drawings.cells.push_back(drawn(figures, group));
  try {
    file.write(report_page(data, drawings));
  } catch (const nlohmann::ordered_json::exception& error) {
    throw FileError(
        fmt::format("'{}' is not a whole summary of a sweep: {}", (folder / "summary.json").string(), error.what()));
  }
  file.sync();
  file.require_free_name();

  if (options.pdf) missing.pdf = draw_pdf(figures, written, limit, stop_signal);
  figures.publish();
  file.commit();
  return missing;
}

}  // namespace logmargin
