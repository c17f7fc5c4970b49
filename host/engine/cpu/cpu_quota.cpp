#include "host/engine/cpu/cpu_quota.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "host/plan/number.hpp"

namespace logmargin {

namespace files = std::filesystem;

namespace {

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

std::vector<std::string> lines_of(const files::path& file) {
  std::ifstream stream(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// Hierarchy is a hierarchy of control groups that limits processors, and where in it this process is.
struct Hierarchy {
  bool second_version;
  files::path mount;
  files::path group;  ///< below the mount
};

bool lists(std::string_view comma_list, std::string_view word) {
  const std::vector<std::string> words = split(comma_list, ',');
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Returns the path of this process's group; it is empty where the hierarchy has none. A line is
/// "NUMBER:CONTROLLERS:PATH", without controllers in version 2.
std::string group_path(const std::vector<std::string>& groups, bool second_version) {
  for (const std::string& line : groups) {
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', std::min(first, line.size() - 1) + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    if (second_version ? controllers.empty() : lists(controllers, "cpu")) return line.substr(second + 1);
  }
  return {};
}

/// Returns the hierarchies that limit processors. A line of mountinfo is "ID PARENT DEVICE ROOT MOUNT OPTIONS [TAGS] -
/// TYPE SOURCE OPTIONS".
std::vector<Hierarchy> hierarchies(const files::path& root) {
  const std::vector<std::string> groups = lines_of(root / "proc/self/cgroup");
  std::vector<Hierarchy> found;
  for (const std::string& line : lines_of(root / "proc/self/mountinfo")) {
    const std::vector<std::string> words = words_of(line);
    const auto dash = std::find(words.begin(), words.end(), "-");
    if (words.size() < 6 || words.end() - dash < 4) continue;
    const bool second_version = dash[1] == "cgroup2";
    if (!second_version && (dash[1] != "cgroup" || !lists(dash[3], "cpu"))) continue;
    const std::string group = group_path(groups, second_version);
    if (group.empty()) continue;
    // A container may see its own group alone, as the root of what is mounted.
    const files::path below = files::path(group).lexically_relative(words[3]);
    const bool is_below = !below.empty() && *below.begin() != "..";
    found.push_back(
        {second_version, root / files::path(words[4]).relative_path(), is_below ? below : files::path(".")});
  }
  return found;
}

std::optional<double> number_in(const files::path& file) {
  const std::vector<std::string> lines = lines_of(file);
  return lines.empty() ? std::nullopt : parse_number(lines.front());
}

/// Returns the limit that one control group sets, without those of the groups above it.
std::optional<double> quota_of(const files::path& group, bool second_version) {
  std::optional<double> time, period;
  if (second_version) {
    // "200000 100000", or "max 100000" where there is no limit.
    const std::vector<std::string> lines = lines_of(group / "cpu.max");
    const std::vector<std::string> words = lines.empty() ? std::vector<std::string>{} : words_of(lines.front());
    if (words.size() != 2) return std::nullopt;
    time = parse_number(words[0]);
    period = parse_number(words[1]);
  } else {
    time = number_in(group / "cpu.cfs_quota_us");  // -1 where there is no limit
    period = number_in(group / "cpu.cfs_period_us");
  }
  if (!time || !period || *time <= 0.0 || *period <= 0.0) return std::nullopt;
  return *time / *period;
}

}  // namespace

std::optional<double> cpu_quota(const files::path& root) {
  std::optional<double> least;
  for (const Hierarchy& hierarchy : hierarchies(root)) {
    files::path group = hierarchy.mount;
    const auto take = [&] {
      const std::optional<double> quota = quota_of(group, hierarchy.second_version);
      if (quota && (!least || *quota < *least)) least = quota;
    };
    take();
    for (const files::path& part : hierarchy.group) {
      if (part == ".") continue;
      group /= part;
      take();
    }
  }
  return least;
}

unsigned threads_within(unsigned cores, std::optional<double> quota) {
  // Thirds of a quota do not sum to it exactly.
  if (!quota || *quota >= static_cast<double>(cores)) return cores;
  return std::max(1U, static_cast<unsigned>(std::ceil(*quota - 1e-6)));
}

}  // namespace logmargin
