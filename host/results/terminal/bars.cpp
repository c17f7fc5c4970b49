#include "host/results/terminal/bars.hpp"

#include <fmt/format.h>
#include <langinfo.h>
#include <locale.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <numeric>

namespace logmargin {

namespace {

constexpr std::size_t bar_columns = 30;

std::string character_set_of_environment() {
  const locale_t locale = ::newlocale(LC_CTYPE_MASK, "", nullptr);
  if (locale == nullptr) return {};
  std::string name = ::nl_langinfo_l(CODESET, locale);
  ::freelocale(locale);
  return name;
}

std::string bound_text(double bound) { return fmt::format("{:.8g}", bound); }

}  // namespace

BarStyle bar_style(std::string_view character_set, bool terminal, const char* no_color, const char* term) {
  const bool wanted = no_color == nullptr || *no_color == '\0';
  const bool able = term != nullptr && *term != '\0' && std::string_view(term) != "dumb";
  return {character_set == "UTF-8", terminal && wanted && able};
}

BarStyle bar_style_of_stdout() {
  return bar_style(character_set_of_environment(), ::isatty(STDOUT_FILENO) != 0, std::getenv("NO_COLOR"),
                   std::getenv("TERM"));
}

std::string bar(double fraction, std::size_t columns, const BarStyle& style) {
  constexpr std::array<std::string_view, 8> eighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (!(fraction > 0.0)) return {};
  const double length = fraction * static_cast<double>(columns);
  std::string text;
  if (style.blocks) {
    const auto parts = std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(8.0 * length)));
    for (std::size_t i = 0; i < parts / 8; ++i) text += "█";
    text += eighths[parts % 8];
  } else {
    const auto whole = static_cast<std::size_t>(std::lround(length));
    text = std::string(std::max<std::size_t>(1, whole), whole > 0 ? '#' : '.');
  }
  return style.colour ? "\033[36m" + text + "\033[0m" : text;
}

std::string share_row(std::string_view name, std::uint64_t count, std::uint64_t whole, std::uint64_t longest,
                      const BarStyle& style) {
  const auto ratio = [count](std::uint64_t of) {
    return of == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(of);
  };
  const std::string drawn = bar(ratio(longest), bar_columns, style);
  return fmt::format("  {:<22}{:>13}  {:>7.2f} %{}{}\n", name, count, 100.0 * ratio(whole), drawn.empty() ? "" : "  ",
                     drawn);
}

std::string histogram_rows(std::string_view name, const RoundHistogram& histogram, const BarStyle& style) {
  const std::vector<std::uint64_t>& counts = histogram.counts;
  if (counts.empty()) return {};
  const std::uint64_t longest = *std::max_element(counts.begin(), counts.end());
  const std::uint64_t whole = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
  std::string text = fmt::format("\n  {:<22}     networks      share\n", name);
  const auto add = [&](const std::string& label, std::uint64_t count) {
    text += share_row(label, count, whole, longest, style);
  };
  const std::size_t rows = counts.size() - 2;
  if (counts.front() > 0) add("below " + bound_text(histogram.bound(0)), counts.front());
  for (std::size_t row = 0; row < rows; ++row) {
    add(fmt::format("{} to {}", bound_text(histogram.bound(row)), bound_text(histogram.bound(row + 1))),
        counts[row + 1]);
  }
  if (counts.back() > 0) add(bound_text(histogram.bound(rows)) + " and above", counts.back());
  return text;
}

}  // namespace logmargin
