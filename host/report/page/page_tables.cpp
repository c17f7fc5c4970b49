#include "host/report/page/page_tables.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "host/plan/number.hpp"
#include "host/report/page/html_table.hpp"
#include "host/report/page/inline_svg.hpp"

namespace logmargin {

namespace {

using Json = nlohmann::ordered_json;

std::string fact_row(const std::string& name, const std::string& value) {
  return row_start(html_text(name)) + text_entry(value) + "\n";
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

std::string cell_table(const ReportCell& cell) {
  std::string head = heading("quantity");
  for (const char* name : {"5 %", "25 %", "median", "75 %", "95 %"}) head += heading(name);
  std::string rows;
  const auto add = [&](const std::string& name, const Band& band) {
    rows += row_start(html_text(name));
    for (const double value : band) rows += number_entry(value);
    rows += "\n";
  };
  add("lowest margin (the dip)", cell.dip_margin);
  add("log10 t of it", cell.dip_log10_t);
  add("C of gap ~ C / ln t", cell.constant);
  add("C∞", cell.limiting_constant);
  add("C / C∞", cell.ratio);
  add("p of gap ~ (ln t)^-p", cell.log_exponent);
  if (!cell.theory.empty()) add("margin / largest possible, at the horizon", cell.margin_ratio);
  for (const ReportTime& time : cell.times) {
    add(fmt::format("log10 t_ε, ε = {} ({} never above, {} never within, {} not known)", time.threshold,
                    time.never_above, time.never_within, time.not_known),
        time.log10_t);
  }
  return html_table("Quantiles of the converging networks", head, rows);
}

std::string run_table(const ReportData& data) {
  return html_table("Configuration", heading("option") + heading("value"), fact_rows(data.config, "")) +
         html_table("Program and machine", heading("program") + heading(""), fact_rows(data.program, "")) +
         html_table("Timing", heading("timing") + heading(""), fact_rows(data.timing, "")) +
         html_table("Stepping", heading("stepping") + heading(""), fact_rows(data.stepping, ""));
}

}  // namespace logmargin
