#pragma once

#include <map>
#include <sstream>
#include <string>

#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/program.hpp"

namespace logmargin::testing {

/// The words that start logmargin with no gnuplot to be found, so that a run's time is its own.
inline Arguments words_without_pictures(const Arguments& arguments) {
  Arguments words = logmargin_words(arguments);
  words.insert(words.begin(), {"/usr/bin/env", "PATH=/nonexistent"});
  return words;
}

/// Every file below a folder, by its path in there.
inline std::map<std::string, std::string> bytes_below(const std::filesystem::path& folder) {
  std::map<std::string, std::string> bytes;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = std::filesystem::relative(entry.path(), folder).string();
    bytes[name] = entry.is_regular_file() ? contents(entry.path()) : "a folder";
  }
  return bytes;
}

/// The same without the time that a run took: what is the same for every run with the same options.
inline std::map<std::string, std::string> results_below(const std::filesystem::path& folder) {
  std::map<std::string, std::string> bytes = bytes_below(folder);
  std::istringstream report(bytes.contains("report.html") ? bytes["report.html"] : "");
  bytes["report.html"].clear();
  for (std::string line; std::getline(report, line);) {
    const bool is_timing =
        line.find(">seconds<") != std::string::npos || line.find(">network_steps_per_s<") != std::string::npos;
    if (!is_timing) bytes["report.html"] += line + "\n";
  }
  if (bytes.contains("summary.json")) {
    std::string& summary = bytes["summary.json"];
    const std::size_t timing = summary.rfind("\"timing\":");
    if (timing == std::string::npos) throw std::runtime_error("no timing in " + folder.string());
    summary.resize(timing);
  }
  return bytes;
}

}  // namespace logmargin::testing
