#include "host/report/page/page.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "host/report/cell_name.hpp"
#include "host/report/page/cells_list.hpp"
#include "host/report/page/inline_svg.hpp"
#include "host/report/page/page_tables.hpp"

namespace logmargin {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* style = R"(
:root { color-scheme: light dark; --ground: #ffffff; --text: #1a1a1a; --faint: #5a5a5a; --line: #d4d4d4; --link: #00558a; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #17191c; --text: #e6e6e6; --faint: #a8a8a8; --line: #43474d; --link: #7cc4f0; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 78rem; background: var(--ground); color: var(--text);
  font: 16px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .3rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
h2 small { font-weight: normal; color: var(--faint); overflow-wrap: anywhere; }
p { margin: .4rem 0; max-width: 50rem; }
a { color: var(--link); }
.note { border-left: 4px solid #E69F00; padding: .3rem .8rem; }
.figures { display: grid; gap: 1.2rem; grid-template-columns: repeat(auto-fill, minmax(min(21rem, 100%), 1fr)); }
figure { margin: 0; min-width: 0; }
figure svg { display: block; width: 100%; height: auto; }
figure image { image-rendering: pixelated; }
figcaption { font-size: .85rem; color: var(--faint); }
figcaption b { color: var(--text); }
.box { overflow-x: auto; margin: .8rem 0; max-width: 100%; }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .6rem; border-bottom: 1px solid var(--line); vertical-align: bottom; }
th { text-align: left; white-space: nowrap; font-weight: 600; }
td { text-align: right; white-space: nowrap; }
td.t { text-align: left; white-space: normal; }
details { border-bottom: 1px solid var(--line); }
summary { padding: .25rem 0; cursor: pointer; }
pre { overflow-x: auto; padding: .6rem .8rem; border: 1px solid var(--line); border-radius: 4px; font-size: .85rem; }
)";

std::string figure_element(const DrawnFigure& drawn) {
  const Figure& figure = drawn.figure;
  const std::string picture =
      drawn.svg.empty() ? std::string() : inline_svg(drawn.svg, figure.title, figure.description);
  return fmt::format("<figure>{}<figcaption><b>{}.</b> {}{}</figcaption></figure>\n", picture, html_text(figure.title),
                     html_text(figure.description), picture.empty() ? " (The picture is missing.)" : "");
}

std::string figure_grid(const std::vector<DrawnFigure>& figures) {
  std::string text = "<div class=\"figures\">\n";
  for (const DrawnFigure& figure : figures) text += figure_element(figure);
  return text + "</div>\n";
}

std::string note(const std::string& text) { return fmt::format("<p class=\"note\">{}</p>\n", html_text(text)); }

/// Returns the word so that any POSIX shell reads it as it is.
std::string shell_word(const std::string& word) {
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-=.,:/@%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string lead(const ReportData& data) {
  const ReportCell& first = data.cells.front();
  const std::string origin = data.config.value("theta", nlohmann::ordered_json()).is_string()
                                 ? "weights of " + value_text(data.config.at("theta"), ",")
                                 : "seed " + data.config.at("seed").dump();
  return fmt::format("<p>{} cell{} of {} networks, {} gradient steps, {}; {} on {}.</p>\n", data.cells.size(),
                     data.cells.size() == 1 ? "" : "s", first.trials,
                     html_text(value_text(data.config.at("steps"), ",")), html_text(origin),
                     html_text("logmargin " + value_text(data.program.at("version"), ",")),
                     html_text(value_text(data.program.at("device"), ",")));
}

std::string theory_paragraph(const ReportCell& cell) {
  if (cell.theory.empty()) return {};
  const std::string source = cell.source.empty() ? "" : " (" + cell.source + ")";
  return fmt::format("<p>{}{}</p>\n", html_text(cell.theory), html_text(source));
}

}  // namespace

std::string remaking_command(const Json& config) {
  std::string command = "logmargin sweep";
  for (const auto& [name, value] : config.items()) {
    if (value.is_null() || value == false) continue;
    command += " --" + name;
    if (value == true) continue;
    const std::string text = value_text(value, name == "data" ? ";" : ",");
    command += (text.starts_with('-') ? "=" : " ") + shell_word(text);
  }
  return command;
}

std::string report_page(const ReportData& data, const DrawnFigures& figures) {
  std::string page = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<link rel=\"icon\" href=\"data:,\">\n<title>logmargin report</title>\n<style>{}</style>\n</head>\n<body>\n"
      "<h1>How fast the margin gap closes</h1>\n",
      style);
  page += lead(data);
  if (!figures.trouble.empty()) {
    page += note("Pictures are missing: " + figures.trouble +
                 ". Every number is in the tables; 'logmargin report' draws the pictures once gnuplot works.");
  }
  if (!figures.maps.empty()) page += "<h2>Over pairs of axes</h2>\n" + figure_grid(figures.maps);
  page += "<h2>Cells</h2>\n" + figure_grid(figures.sweep) +
          "<p>Shares of all networks, medians over the converging ones.</p>\n" + cells_list(data);
  if (data.cells.size() > figures.cells.size()) {
    page +=
        note(fmt::format("Pictures of the first {} of {} cells follow; cells.csv and trajectory.csv have every one.",
                         figures.cells.size(), data.cells.size()));
  }
  for (std::size_t i = 0; i < figures.cells.size(); ++i) {
    page += fmt::format("<section id=\"cell{0}\">\n<h2>Cell {0} <small>{1}</small></h2>\n", i,
                        html_text(cell_name(data, data.cells[i])));
    if (data.cells[i].outcome[0] == 0) {
      page += "<p>No network converges here, so that there is no gap, rate or time to show.</p>\n";
    } else {
      page += cell_table(data.cells[i]) + theory_paragraph(data.cells[i]);
    }
    page += figure_grid(figures.cells[i]) + "</section>\n";
  }
  page += fmt::format("<h2>The run</h2>\n<p>This command makes it again:</p>\n<pre>{}</pre>\n",
                      html_text(remaking_command(data.config)));
  return page + run_table(data) + "</body>\n</html>\n";
}

}  // namespace logmargin
