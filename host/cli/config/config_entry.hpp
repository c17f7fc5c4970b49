#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace logmargin {

/// TextPlace is a place in a text file, in characters; line and column count from 1.
struct TextPlace {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// ConfigValue is one value of a configuration file.
struct ConfigValue {
  enum class Kind {
    text,
    number,
    boolean,
    nothing,  ///< JSON's null
    other     ///< an object, a date, ...: named by text
  };
  Kind kind;
  std::string text;  ///< as it would stand on the command line
  TextPlace place;
};

/// ConfigEntry is one KEY = VALUE of a configuration file.
struct ConfigEntry {
  std::string key;
  TextPlace place;
  bool is_array = false;
  std::vector<ConfigValue> values;  ///< exactly one unless is_array
};

/// Returns "FILE:LINE:COLUMN: ", with which a message about a configuration begins.
std::string place_prefix(const std::string& file, const TextPlace& place);

/// Returns the entries of a TOML document in the order of the file. Throws UsageError with file, line and column where
/// it is not TOML.
std::vector<ConfigEntry> parse_toml_config(std::string_view document, const std::string& file);

/// Returns the entries of a JSON document: of its object "config", where it is a whole summary.json, else of the
/// document itself. Nothing after that object is looked at. Throws UsageError with file, line and column where it is
/// not JSON, not an object, or has a key twice.
std::vector<ConfigEntry> parse_json_config(std::string_view document, const std::string& file);

}  // namespace logmargin
