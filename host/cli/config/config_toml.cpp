#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

#include "host/cli/config/config_entry.hpp"
#include "host/cli/config/validate_toml.hpp"
#include "host/error.hpp"
#include "host/plan/number.hpp"

namespace logmargin {

namespace {

TextPlace place_of(const toml::source_position& position) { return {position.line, position.column}; }

/// Lines holds the lines of a document, for looking up what a value looks like there.
class Lines {
 public:
  explicit Lines(std::string_view document) {
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (document.starts_with(byte_order_mark)) document.remove_prefix(byte_order_mark.size());
    for (;;) {
      const std::size_t at = document.find('\n');
      lines_.push_back(document.substr(0, at));
      if (at == std::string_view::npos) break;
      document.remove_prefix(at + 1);
    }
  }

  /// Returns what stands in a region within one line.
  std::string text_of(const toml::source_region& region) {
    const std::size_t begin = byte_of(region.begin);
    const std::size_t end = byte_of({region.begin.line, region.end.column});
    return std::string(lines_.at(region.begin.line - 1).substr(begin, end - begin));
  }

  std::string start_of(std::size_t number) const {
    constexpr std::size_t most_shown = 60;
    const std::string_view line = number <= lines_.size() ? lines_[number - 1] : std::string_view();
    // An exception's message ends at a NUL.
    const std::string_view shown = line.substr(0, line.find_first_of(std::string_view("\r\0", 2)));
    return shown.size() <= most_shown ? std::string(shown) : std::string(shown.substr(0, most_shown)) + "...";
  }

 private:
  /// Returns the byte of a place, whose column counts characters. It goes on from the last place asked for where it
  /// can, because a line may be long.
  std::size_t byte_of(const toml::source_position& position) {
    if (position.line != reached_.line || position.column < reached_.column) {
      reached_ = {position.line, 1};
      byte_ = 0;
    }
    const std::string_view line = lines_.at(position.line - 1);
    for (; reached_.column < position.column && byte_ < line.size(); ++reached_.column) {
      do ++byte_;
      while (byte_ < line.size() && (static_cast<unsigned char>(line[byte_]) & 0xc0U) == 0x80U);
    }
    return byte_;
  }

  std::vector<std::string_view> lines_;
  toml::source_position reached_ = {1, 1};
  std::size_t byte_ = 0;
};

/// Returns a number as it is in the file where the command line takes that, so that 1e-3 stays 1e-3. Otherwise (0x10,
/// 1_000) it returns a plain number.
std::string number_as_written(std::string written, double value, const std::string& plain) {
  std::erase(written, '_');
  return parse_number(written) == value ? written : plain;
}

ConfigValue value_of(const toml::node& node, Lines& lines) {
  using Kind = ConfigValue::Kind;
  const TextPlace place = place_of(node.source().begin);
  if (const auto* text = node.as_string()) return {Kind::text, text->get(), place};
  if (const auto* truth = node.as_boolean()) return {Kind::boolean, truth->get() ? "true" : "false", place};
  if (const auto* whole = node.as_integer()) {
    const auto value = static_cast<double>(whole->get());
    return {Kind::number, number_as_written(lines.text_of(node.source()), value, std::to_string(whole->get())), place};
  }
  if (const auto* real = node.as_floating_point()) {
    return {Kind::number, number_as_written(lines.text_of(node.source()), real->get(), number_text(real->get())),
            place};
  }
  return {Kind::other, node.is_table() ? "a table" : node.is_array() ? "an array" : "a date or time", place};
}

ConfigEntry entry_of(const toml::key& key, const toml::node& node, Lines& lines) {
  ConfigEntry entry = {std::string(key.str()), place_of(key.source().begin), false, {}};
  if (const toml::array* array = node.as_array()) {
    entry.is_array = true;
    for (const toml::node& element : *array) entry.values.push_back(value_of(element, lines));
  } else {
    entry.values.push_back(value_of(node, lines));
  }
  return entry;
}

}  // namespace

std::vector<ConfigEntry> parse_toml_config(std::string_view document, const std::string& file) {
  validate_toml(document, file);
  Lines lines(document);
  std::vector<ConfigEntry> entries;
  try {
    const toml::table table = toml::parse(document);
    for (const auto& [key, node] : table) entries.push_back(entry_of(key, node, lines));
  } catch (const toml::parse_error& error) {
    const TextPlace place = place_of(error.source().begin);
    throw UsageError(fmt::format("{}'{}' is not TOML: {}; lines KEY = VALUE are allowed, text in quotes",
                                 place_prefix(file, place), lines.start_of(place.line), error.description()));
  }
  std::sort(entries.begin(), entries.end(), [](const ConfigEntry& a, const ConfigEntry& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
  return entries;
}

}  // namespace logmargin
