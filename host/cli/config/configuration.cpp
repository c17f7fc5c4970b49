#include "host/cli/config/configuration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "host/plan/nearest_word.hpp"
#include "host/plan/number.hpp"
#include "host/results/files/results_config.hpp"

namespace logmargin {

namespace {

constexpr std::size_t longest_configuration = 16U << 20U;

struct Document {
  std::string text;
  bool whole = true;  ///< nothing of the file is left out
};

/// Reads a document. Of a longer file it reads a little more than the first longest_configuration bytes.
Document read_document(const std::string& path) {
  if (path.empty()) reject("--config", path, "the name of a TOML file, or of a summary.json, is allowed");
  const auto fail = [&] {
    throw FileError(fmt::format("--config: '{}' cannot be read: {}", path, std::strerror(errno)));
  };
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) fail();
  Document document;
  std::array<char, 1U << 16U> chunk{};
  while (document.text.size() <= longest_configuration) {
    const std::size_t count = std::fread(chunk.data(), 1, chunk.size(), file.get());
    document.text.append(chunk.data(), count);
    if (count < chunk.size()) break;
  }
  if (std::ferror(file.get()) != 0) fail();
  document.whole = document.text.size() <= longest_configuration;
  return document;
}

std::vector<ConfigEntry> read_entries(const std::string& path) {
  const Document document = read_document(path);
  const std::string too_large = fmt::format("at most {} MiB are allowed", longest_configuration >> 20U);
  if (!path.ends_with(".json")) {
    if (!document.whole) reject("--config", path, too_large);
    return parse_toml_config(document.text, path);
  }
  try {
    std::vector<ConfigEntry> entries = parse_json_config(document.text, path);
    // A summary repeats its run's results, not where they went, over what, or on which machine.
    std::erase_if(entries,
                  [](const ConfigEntry& entry) { return !affects_results(entry.key) && !lists_trials(entry.key); });
    return entries;
  } catch (const UsageError&) {
    // The error may come from the cut alone, as a summary's config comes long before it.
    if (!document.whole) reject("--config", path, too_large + " up to the end of the config object");
    throw;
  }
}

const OptionSpec* find_option(const CommandSpec& command, std::string_view name) {
  const auto found = std::find_if(command.options.begin(), command.options.end(),
                                  [&](const OptionSpec& option) { return option.name == name; });
  return found == command.options.end() ? nullptr : &*found;
}

/// Returns the options that a file may set, of this command or of another that takes a configuration.
std::vector<const OptionSpec*> allowed_options(const CommandSpec& command) {
  std::vector<const OptionSpec*> allowed;
  const auto add = [&](const CommandSpec& of) {
    for (const OptionSpec& option : of.options) {
      if (option.name != "config" && option.name != "help") allowed.push_back(&option);
    }
  };
  add(command);
  for (const CommandSpec& other : command_specs()) {
    if (takes_configuration(other)) add(other);
  }
  return allowed;
}

const OptionSpec& require_option(const CommandSpec& command, const std::string& file, const ConfigEntry& entry) {
  std::vector<std::string_view> names;
  for (const OptionSpec* option : allowed_options(command)) {
    if (option->name == entry.key) return *option;
    names.push_back(option->name);
  }
  const std::string_view bare =
      std::string_view(entry.key).substr(std::min(entry.key.find_first_not_of('-'), entry.key.size()));
  throw UsageError(fmt::format("{}{}: unknown key{}; the options of 'logmargin {} --help' are allowed, without dashes",
                               place_prefix(file, entry.place), entry.key, did_you_mean(bare, names), command.name));
}

/// Reads an option and checks types alone; the option itself checks what a value may be.
ConfiguredOption read_option(const OptionSpec& option, const std::string& file, const ConfigEntry& entry) {
  using Kind = ConfigValue::Kind;
  const bool is_flag = option.argument.empty();
  const bool may_be_array = option.separator != '\0';
  const std::string_view allowed = is_flag        ? "true or false is allowed"
                                   : may_be_array ? "text or a number is allowed, or an array of them"
                                                  : "one text or number is allowed";
  const auto refuse = [&](const TextPlace& place, std::string_view what) {
    throw UsageError(fmt::format("{}{}: {} is not allowed; {}", place_prefix(file, place), entry.key, what, allowed));
  };
  if (entry.is_array && !may_be_array) refuse(entry.place, "an array");
  if (entry.values.empty()) refuse(entry.place, "an array of nothing");
  ConfiguredOption configured = {"", false, entry};
  for (const ConfigValue& value : entry.values) {
    const bool right = is_flag ? value.kind == Kind::boolean : value.kind == Kind::text || value.kind == Kind::number;
    if (!right) refuse(value.place, value.kind == Kind::other ? value.text : "'" + value.text + "'");
    if (value.text.find('\0') != std::string::npos) refuse(value.place, "a text with a NUL character");
    if (&value != &entry.values.front()) configured.text += option.separator;
    configured.text += value.text;
  }
  if (is_flag) configured = {"", configured.text == "true", entry};
  return configured;
}

bool is_null(const ConfigEntry& entry) {
  return !entry.is_array && entry.values.front().kind == ConfigValue::Kind::nothing;
}

}  // namespace

std::string place_prefix(const std::string& file, const TextPlace& place) {
  return fmt::format("{}:{}:{}: ", file, place.line, place.column);
}

bool takes_configuration(const CommandSpec& command) { return find_option(command, "config") != nullptr; }

Configuration::Configuration(const std::string& path, const CommandSpec& command) : file_(path) {
  for (const ConfigEntry& entry : read_entries(path)) {
    const OptionSpec& option = require_option(command, file_, entry);
    // A summary's config has null for what was not given.
    if (is_null(entry)) continue;
    ConfiguredOption configured = read_option(option, file_, entry);
    if (find_option(command, entry.key) != nullptr) options_.emplace(entry.key, std::move(configured));
  }
}

void Configuration::leave_out_trial_lists() {
  if (file_.ends_with(".json")) std::erase_if(options_, [](const auto& option) { return lists_trials(option.first); });
}

const ConfiguredOption* Configuration::find(std::string_view name) const {
  const auto found = options_.find(name);
  return found == options_.end() ? nullptr : &found->second;
}

std::string Configuration::complaint(const ConfiguredOption& option, const OptionError& error) const {
  const std::vector<ConfigValue>& values = option.source.values;
  auto refused =
      std::find_if(values.begin(), values.end(), [&](const ConfigValue& value) { return value.text == error.value; });
  if (refused == values.end()) {
    // The refused value may be a piece of a list in one text.
    refused = std::find_if(values.begin(), values.end(),
                           [&](const ConfigValue& value) { return value.text.find(error.value) != std::string::npos; });
  }
  const TextPlace& place = (refused == values.end() ? values.front() : *refused).place;
  return fmt::format("{}{}: '{}' is not allowed; {}", place_prefix(file_, place), option.source.key, error.value,
                     error.allowed);
}

}  // namespace logmargin
