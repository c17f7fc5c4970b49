#include "host/report/figures/figure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/plan/number.hpp"

namespace logmargin {

std::string script_text(const Figure& figure, bool pdf) {
  const std::string terminal = pdf ? "set terminal pdfcairo size 4.4in,3.0in enhanced font 'sans-serif,11'"
                                   : "set terminal svg size 480,330 dynamic enhanced font 'sans-serif,14'";
  return fmt::format(
      "# Run in this folder: gnuplot {0}.gp\n"
      "reset\n"
      "{1}\n"
      "set output '{0}.{2}'\n"
      "ink = '{3}'\n"
      "set encoding utf8\n"
      "set border 3 lw 1 lc rgb ink\n"
      "set tics nomirror out scale 0.6 textcolor rgb ink\n"
      "set key top right textcolor rgb ink samplen 1.6 spacing 1.1\n"
      "set datafile missing 'NaN'\n"
      "{4}"
      "unset output\n",
      figure.name, terminal, pdf ? "pdf" : "svg", colour::ink, figure.commands);
}

std::string gnuplot_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') quoted += '\'';
    quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return quoted + "'";
}

std::string data_number(double value) { return std::isfinite(value) ? fmt::format("{:.8g}", value) : "NaN"; }

std::string time_axis_end(double last) { return data_number(std::max(last, 0.1)); }

std::string time_axis(double last) {
  const double step = std::max(1.0, std::ceil(last / 6.0));
  const double nice = step > 10.0 ? std::ceil(step / 10.0) * 10.0 : step;
  return fmt::format("set xrange [0:{}]\nset xtics {:g}\nset format x '10^{{%g}}'\nset xlabel 't' tc rgb ink\n",
                     time_axis_end(last), nice);
}

std::string label_text(const std::string& axis_value) {
  const auto number = parse_number(axis_value);
  return number ? word_number(*number) : axis_value;
}

std::string word_number(double value) { return std::isfinite(value) ? fmt::format("{:.4g}", value) : "none"; }

}  // namespace logmargin
