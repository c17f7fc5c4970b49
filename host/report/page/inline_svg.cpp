#include "host/report/page/inline_svg.hpp"

#include <fmt/format.h>

namespace logmargin {

namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// Takes out every piece from start to the end after it, both included.
void remove_all(std::string& text, std::string_view start, std::string_view end) {
  for (std::size_t at = text.find(start); at != std::string::npos; at = text.find(start, at)) {
    const std::size_t stop = text.find(end, at + start.size());
    if (stop == std::string::npos) return;
    text.erase(at, stop + end.size() - at);
  }
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    }
  }
  return escaped;
}

std::string inline_svg(std::string_view svg, std::string_view title, std::string_view description) {
  const std::size_t view = svg.find("viewBox=\"");
  const std::size_t body = svg.find("<g id=\"gnuplot_canvas\">");
  const std::size_t end = svg.rfind("</svg>");
  if (view == std::string_view::npos || body == std::string_view::npos || end == std::string_view::npos) return {};
  const std::size_t view_end = svg.find('"', view + 9);
  std::string drawing(svg.substr(body, end - body));
  remove_all(drawing, "<defs>", "</defs>");
  remove_all(drawing, "<title>", "</title>");
  remove_all(drawing, " id=\"", "\"");
  for (const std::string_view ink : {"rgb(  1,   2,   3)", "rgb(1,2,3)"}) replace_all(drawing, ink, "currentColor");
  // The word is replaced within quotes alone, as the letters of an embedded image may be any.
  replace_all(drawing, "\"black\"", "\"currentColor\"");
  replace_all(drawing, "'black'", "'currentColor'");
  return fmt::format("<svg {} role=\"img\" aria-label=\"{}\"><title>{}</title><desc>{}</desc>\n{}</svg>\n",
                     svg.substr(view, view_end + 1 - view), html_text(fmt::format("{}. {}", title, description)),
                     html_text(title), html_text(description), drawing);
}

}  // namespace logmargin
