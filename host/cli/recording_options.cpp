#include "host/cli/recording_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/plan/number.hpp"

namespace logmargin {

RecordRule parse_record_rule(std::string_view option, std::string_view text, bool whole) {
  const std::string allowed = fmt::format(
      "log=K with K a whole number from 1 to 1000, every=K with K a whole number >= 1, or a comma list of {}",
      whole ? "whole numbers" : "numbers from 0 to 1e300");
  RecordRule rule;
  rule.option = option;
  if (text.starts_with("log=")) {
    const auto count = parse_whole(text.substr(4));
    if (!count || *count < 1.0 || *count > 1000.0) reject(option, text, allowed);
    rule.count = *count;
  } else if (text.starts_with("every=")) {
    const auto spacing = parse_whole(text.substr(6));
    if (!spacing || *spacing < 1.0) reject(option, text, allowed);
    rule.kind = RecordRule::Kind::every;
    rule.count = *spacing;
  } else {
    rule.kind = RecordRule::Kind::list;
    for (const std::string& piece : split(text, ',')) {
      const auto t = whole ? parse_step_count(piece) : parse_time(piece);
      if (!t) reject(option, piece, allowed);
      rule.listed.push_back(*t);
    }
  }
  return rule;
}

Statistics parse_statistics(std::string_view text) {
  if (text == "all") return {};
  Statistics statistics;
  statistics.chosen.reset();
  for (const std::string& word : split(text, ',')) {
    bool known = false;
    for (std::size_t i = 0; i < statistics.chosen.size(); ++i) {
      if (Statistics::word(i) != word) continue;
      statistics.chosen.set(i);
      known = true;
    }
    if (!known) {
      std::string words;
      for (std::size_t i = 0; i < statistics.chosen.size(); ++i) words += ", " + std::string(Statistics::word(i));
      reject("--statistics", word, fmt::format("all is allowed, or a comma list of {}", words.substr(2)));
    }
  }
  return statistics;
}

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
