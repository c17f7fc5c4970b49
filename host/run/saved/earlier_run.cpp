#include "host/run/saved/earlier_run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/error.hpp"
#include "host/plan/number.hpp"
#include "host/results/files/results_config.hpp"
#include "host/results/folder/atomic_file.hpp"
#include "host/results/folder/mapped_file.hpp"
#include "host/results/reading/shallow_json.hpp"
#include "host/run/saved/checkpoint_folder.hpp"

namespace logmargin {

namespace files = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Returns whether the name is a report's, which is made from the results, and made again with them.
bool is_a_reports(const std::string& name) { return name == "report.html" || name == "figures"; }

/// Returns the configuration of a summary.json. The file may be larger than memory; its configuration stands before its
/// cells.
std::optional<Json> config_of_summary(const MappedFile& file) {
  constexpr std::size_t most_bytes = std::size_t{64} << 20;
  const auto bytes = file.bytes();
  const std::string_view start(reinterpret_cast<const char*>(bytes.data()), std::min(bytes.size(), most_bytes));
  // This finds the place with the line ends of Windows too.
  const std::size_t cells = start.find("\n\"cells\":[");
  const std::size_t end = start.substr(0, cells).find_last_of(',');
  if (cells == std::string_view::npos || end == std::string_view::npos) return std::nullopt;
  try {
    const Json head = Json::parse(std::string(start.substr(0, end)) + "}", shallow(), false);
    if (!head.is_object() || !head.contains("config") || !head["config"].is_object()) return std::nullopt;
    return head["config"];
  } catch (const UnexpectedJson&) {
    return std::nullopt;
  }
}

/// Returns how the results in a file differ from this run's, or nothing where they do not.
std::optional<std::string> difference_of_results(const files::path& path, const TallyFileHead& head) {
  const MappedFile file(path);
  if (path.extension() == ".json") {
    const std::optional<Json> config = config_of_summary(file);
    if (!config) return "it is no summary of logmargin";
    const auto differs = difference(*config, head.config);
    return differs ? differs : difference_of_trial_lists(*config, head.config);
  }
  const TallyFileReader reader(file.bytes(), path.string());
  if (reader.head().shard != head.shard) return fmt::format("it is shard {}", reader.head().shard.text());
  const auto differs = difference(reader.head(), head);
  return differs ? differs : difference_of_trial_lists(reader.head().config, head.config);
}

}  // namespace

bool complete_already(const files::path& folder, const std::vector<std::string>& names, const TallyFileHead& head,
                      bool anything_may_be_there) {
  std::error_code error;
  std::vector<std::string> found;
  for (const auto& entry : files::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (contains(names, name)) found.push_back(name);
    // What a killed run left, on whatever machine, is of no run: the folder is locked.
    if (contains(names, name) || name_of_stale_file(name) || name == CheckpointFolder::name || is_a_reports(name)) {
      continue;
    }
    if (!anything_may_be_there) {
      reject("--out", folder.string(),
             fmt::format("with --resume a new or empty folder is allowed, one that this run has begun, and any with "
                         "--force; this one holds '{}'",
                         name));
    }
  }
  if (error) throw FileError(fmt::format("--out: '{}' cannot be read: {}", folder.string(), error.message()));
  // Rows get their name before the tallies that they go with, and are nothing without them.
  if (!contains(found, names.front())) std::erase_if(found, [](const auto& name) { return name.ends_with(".rows"); });
  const bool tells_its_run = contains(found, names.front());
  if (!anything_may_be_there && !found.empty() && !tells_its_run) {
    reject("--out", folder.string(), fmt::format("it holds '{}' without '{}'", found.front(), names.front()));
  }
  const auto differs =
      tells_its_run ? difference_of_results(folder / names.front(), head) : std::optional<std::string>("nothing there");
  if (differs && tells_its_run && !anything_may_be_there) {
    throw UsageError(
        fmt::format("--resume: the results in '{}' are of another run: {}; another --out is allowed, and "
                    "--force to replace them",
                    folder.string(), *differs));
  }
  return !differs && found.size() == names.size();
}

}  // namespace logmargin
