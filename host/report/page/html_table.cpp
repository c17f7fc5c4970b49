#include "host/report/page/html_table.hpp"

#include <fmt/format.h>

#include <cmath>

#include "host/report/figures/figure.hpp"
#include "host/report/page/inline_svg.hpp"

namespace logmargin {

std::string heading(const std::string& text) { return fmt::format("<th scope=\"col\">{}", html_text(text)); }

std::string row_start(const std::string& html) { return fmt::format("<tr><th scope=\"row\">{}", html); }

std::string text_entry(const std::string& text) { return fmt::format("<td class=\"t\">{}", html_text(text)); }

std::string number_entry(const std::string& text) { return "<td>" + html_text(text); }

std::string number_entry(double value) { return number_entry(std::isfinite(value) ? word_number(value) : "–"); }

std::string html_table(const std::string& label, const std::string& headings, const std::string& rows) {
  return fmt::format(
      "<div class=\"box\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table><thead><tr>{}</thead>\n<tbody>{}"
      "</tbody></table></div>\n",
      html_text(label), headings, rows);
}

}  // namespace logmargin
