#include "host/results/files/columns.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "host/plan/number.hpp"
#include "host/results/cell_axes.hpp"

namespace logmargin {

std::string csv_text(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string csv_number(double value) { return std::isfinite(value) ? number_text(value) : std::string(); }

std::string cell_header() { return fmt::format("{}", fmt::join(axis_names, ",")); }

std::string cell_fields(const Cell& cell) {
  std::string fields;
  for (const std::string& value : axis_values_of(cell)) fields += "," + csv_text(value);
  return fields.substr(1);
}

std::string quantile_header(std::string_view name) {
  std::string header = fmt::format(",{0}_count,{0}_min", name);
  for (const auto level : quantile_names) header += fmt::format(",{}_{}", name, level);
  return header + fmt::format(",{0}_max,{0}_mean", name);
}

std::string quantile_fields(const Quantiles& quantiles) {
  std::string fields = fmt::format(",{},{}", quantiles.count, csv_number(quantiles.min));
  for (const double value : quantiles.at_level) fields += "," + csv_number(value);
  return fields + "," + csv_number(quantiles.max) + "," + csv_number(quantiles.mean);
}

}  // namespace logmargin
