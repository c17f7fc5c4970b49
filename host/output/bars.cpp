#include "host/output/bars.hpp"

#include <fmt/format.h>
#include <langinfo.h>
#include <locale.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <vector>

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

/// Bounds of equal rows.
struct Rows {
  double first;  ///< lower bound of the first
  double width;
  std::size_t count;

  double bound(std::size_t row) const { return first + width * static_cast<double>(row); }
};

/// 1, 2 or 5 times a power of ten, so that about eight of them cover the range.
Rows round_rows(double low, double high) {
  constexpr double narrowest = 0.01;  // twice the width of the bins underneath
  const double wanted = std::max((high - low) / 8.0, narrowest);
  const double decade = std::pow(10.0, std::floor(std::log10(wanted)));
  double width = 10.0 * decade;
  for (const double digit : {5.0, 2.0, 1.0}) {
    if (digit * decade >= wanted * (1.0 - 1e-9)) width = digit * decade;
  }
  const double first = std::floor(low / width);
  const double last = std::floor(high / width);
  return {first * width, width, static_cast<std::size_t>(last - first) + 1};
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

std::string histogram_rows(std::string_view name, const Distribution& distribution, const BarStyle& style) {
  if (distribution.count() == 0) return {};
  const Quantiles quantiles = distribution.quantiles();
  constexpr std::size_t q05 = 1;
  constexpr std::size_t q95 = 5;
  const Rows rows = round_rows(quantiles.at_level[q05], quantiles.at_level[q95]);
  std::vector<std::uint64_t> counts(rows.count + 2);  // the first and the last are what lies outside
  for (const auto& [value, count] : distribution.binned()) {
    const double row = std::floor((value - rows.first) / rows.width) + 1.0;
    counts[static_cast<std::size_t>(std::clamp(row, 0.0, static_cast<double>(rows.count) + 1.0))] += count;
  }
  const std::uint64_t longest = *std::max_element(counts.begin(), counts.end());
  std::string text = fmt::format("\n  {:<22}     networks      share\n", name);
  const auto add = [&](const std::string& label, std::uint64_t count) {
    text += share_row(label, count, distribution.count(), longest, style);
  };
  if (counts.front() > 0) add("below " + bound_text(rows.bound(0)), counts.front());
  for (std::size_t row = 0; row < rows.count; ++row) {
    add(fmt::format("{} to {}", bound_text(rows.bound(row)), bound_text(rows.bound(row + 1))), counts[row + 1]);
  }
  if (counts.back() > 0) add(bound_text(rows.bound(rows.count)) + " and above", counts.back());
  return text;
}

}  // namespace logmargin
