#include "host/report/page_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "host/output/columns.hpp"
#include "host/plan/number.hpp"
#include "host/report/figure.hpp"
#include "host/report/inline_svg.hpp"

namespace logmargin {

namespace {

using Json = nlohmann::ordered_json;

std::string cell_of(const std::string& text, bool numeric = true) {
  return fmt::format("<td{}>{}</td>", numeric ? " class=\"n\"" : "", html_text(text));
}

std::string heading(const std::string& text) { return fmt::format("<th scope=\"col\">{}</th>", html_text(text)); }

std::string table(const std::string& label, const std::string& head, const std::string& rows) {
  return fmt::format(
      "<div class=\"box\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table><thead><tr>{}</tr></thead>\n<tbody>{}"
      "</tbody></table></div>\n",
      html_text(label), head, rows);
}

std::vector<std::size_t> varying_axes(const ReportData& data) {
  std::vector<std::size_t> varying;
  for (std::size_t axis = 0; axis < axis_names.size(); ++axis) {
    const std::string& first = data.cells.front().axis_values[axis];
    if (std::any_of(data.cells.begin(), data.cells.end(),
                    [&](const ReportCell& cell) { return cell.axis_values[axis] != first; })) {
      varying.push_back(axis);
    }
  }
  return varying;
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "" : fmt::format("{:.4g} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string number_cell(double value) { return cell_of(std::isfinite(value) ? word_number(value) : "–"); }

std::string fact_row(const std::string& name, const std::string& value) {
  return fmt::format("<tr><th scope=\"row\">{}</th>{}</tr>\n", html_text(name), cell_of(value, false));
}

std::string fact_rows(const Json& facts, const std::string& prefix) {
  std::string rows;
  for (const auto& [name, value] : facts.items()) {
    if (value.is_null()) continue;
    rows +=
        value.is_object() ? fact_rows(value, prefix + name + ": ") : fact_row(prefix + name, value_text(value, ", "));
  }
  return rows;
}

}  // namespace

std::string value_text(const Json& value, std::string_view separator) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return number_text(value.get<double>());
  if (!value.is_array()) return value.dump();
  std::string text;
  for (const Json& item : value) {
    if (!text.empty()) text += separator;
    text += value_text(item, separator);
  }
  return text;
}

std::string cell_name(const ReportData& data, const ReportCell& cell) {
  std::string name;
  for (const std::size_t axis : varying_axes(data)) {
    name += fmt::format("{}{} {}", name.empty() ? "" : ", ", axis_names[axis], label_text(cell.axis_values[axis]));
  }
  return name;
}

std::string cells_table(const ReportData& data) {
  const std::vector<std::size_t> varying = varying_axes(data);
  std::string head = heading("cell");
  for (const std::size_t axis : varying) head += heading(std::string(axis_names[axis]));
  for (const auto name : outcome_names) head += heading(std::string(name));
  for (const char* name : {"C∞", "C", "C / C∞", "p", "dip margin", "dip log10 t"}) head += heading(name);
  for (const ReportTime& time : data.cells.front().times) head += heading("log10 t_ε, ε = " + time.threshold);
  std::string rows;
  const std::size_t shown = std::min(listed_cells, data.cells.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const ReportCell& cell = data.cells[i];
    const std::string number = i < drawn_cells ? fmt::format("<a href=\"#cell{0}\">{0}</a>", i) : fmt::format("{}", i);
    rows += fmt::format("<tr><th scope=\"row\">{}</th>", number);
    for (const std::size_t axis : varying) rows += cell_of(label_text(cell.axis_values[axis]), false);
    for (const std::uint64_t count : cell.outcome) rows += cell_of(percent(count, cell.trials));
    for (const Band* band : {&cell.limiting_constant, &cell.constant, &cell.ratio, &cell.log_exponent, &cell.dip_margin,
                             &cell.dip_log10_t}) {
      rows += number_cell((*band)[band_median]);
    }
    for (const ReportTime& time : cell.times) rows += number_cell(time.log10_t[band_median]);
    rows += "</tr>\n";
  }
  return table("Every cell", head, rows);
}

std::string cell_table(const ReportCell& cell) {
  std::string head = heading("quantity");
  for (const char* name : {"5 %", "25 %", "median", "75 %", "95 %"}) head += heading(name);
  std::string rows;
  const auto add = [&](const std::string& name, const Band& band) {
    rows += fmt::format("<tr><th scope=\"row\">{}</th>", html_text(name));
    for (const double value : band) rows += number_cell(value);
    rows += "</tr>\n";
  };
  add("lowest margin (the dip)", cell.dip_margin);
  add("log10 t of it", cell.dip_log10_t);
  add("C of gap ~ C / ln t", cell.constant);
  add("C∞", cell.limiting_constant);
  add("C / C∞", cell.ratio);
  add("p of gap ~ (ln t)^-p", cell.log_exponent);
  if (!cell.theory.empty()) add("margin / largest possible, at the horizon", cell.margin_ratio);
  for (const ReportTime& time : cell.times) {
    add(fmt::format("log10 t_ε, ε = {} ({} never above)", time.threshold, time.never_above), time.log10_t);
  }
  return table("Quantiles of the converging networks", head, rows);
}

std::string run_table(const ReportData& data) {
  return table("Configuration", heading("option") + heading("value"), fact_rows(data.config, "")) +
         table("Program and machine", heading("program") + heading(""), fact_rows(data.program, "")) +
         table("Timing", heading("timing") + heading(""), fact_rows(data.timing, "")) +
         table("Stepping", heading("stepping") + heading(""), fact_rows(data.stepping, ""));
}

}  // namespace logmargin
