#include "host/cli/trajectory_options.hpp"

#include <algorithm>

#include "host/plan/number.hpp"

namespace logmargin {

TrajectoryColumns parse_trajectory_columns(std::string_view text) {
  const std::vector<std::string> words = split(text, ',');
  const auto chosen = [&](std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); };
  for (const std::string& word : words) {
    const bool known = word == "all" || std::any_of(trajectory_column_facts.begin(), trajectory_column_facts.end(),
                                                    [&](const auto& facts) { return facts.word == word; });
    if (!known) {
      reject("--trajectories", word,
             "all is allowed, or a comma list of gap, margin, z, pattern, log10_loss and classified");
    }
  }
  TrajectoryColumns columns;
  for (std::size_t i = 0; i < trajectory_column_facts.size(); ++i) {
    if (chosen("all") || chosen(trajectory_column_facts[i].word)) columns.push_back(static_cast<TrajectoryColumn>(i));
  }
  return columns;
}

std::string text_of(const TrajectoryColumns& columns) {
  std::string text;
  std::string_view last;
  for (const TrajectoryColumn column : columns) {
    const std::string_view word = facts_of(column).word;
    if (word != last) text += (text.empty() ? "" : ",") + std::string(word);
    last = word;
  }
  return text;
}

}  // namespace logmargin
