#include "host/plan/nearest_word.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace logmargin {

namespace {

constexpr std::size_t most_edits = 2;

/// Returns Levenshtein's distance, computed row by row, with a swap of neighbours as one edit.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  std::vector<std::size_t> last(row.size());
  std::vector<std::size_t> before_last(row.size());
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before_last.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

std::string_view nearest_word(std::string_view unknown, const std::vector<std::string_view>& words) {
  std::string_view nearest;
  std::size_t least = most_edits + 1;
  for (const std::string_view word : words) {
    // Lengths that differ by more need more edits, so that no rows are made for a huge word.
    if (unknown.size() > word.size() + most_edits) continue;
    const std::size_t distance = edit_distance(unknown, word);
    const bool resembles = 2 * distance <= word.size();  // two edits make anything of a word of three letters
    if (resembles && distance < least) {
      least = distance;
      nearest = word;
    }
  }
  return nearest;
}

std::string did_you_mean(std::string_view unknown, const std::vector<std::string_view>& words,
                         std::string_view prefix) {
  const std::string_view meant = nearest_word(unknown, words);
  return meant.empty() ? std::string() : fmt::format(", did you mean {}{}?", prefix, meant);
}

}  // namespace logmargin
