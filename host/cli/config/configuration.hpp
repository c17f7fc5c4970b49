#pragma once

#include <map>
#include <string>
#include <string_view>

#include "host/cli/config/config_entry.hpp"
#include "host/cli/option_table.hpp"
#include "host/error.hpp"

namespace logmargin {

/// ConfiguredOption is an option that a configuration file sets.
struct ConfiguredOption {
  std::string text;    ///< as it would stand on the command line; empty for a flag
  bool flag = false;   ///< a flag's value
  ConfigEntry source;  ///< where it stands
};

/// Returns whether one of the command's options is named config.
bool takes_configuration(const CommandSpec& command);

/// Configuration is what --config FILE says: TOML, or JSON where the name ends in .json (a summary.json or its config
/// object). Keys are names of options. Those that belong only to another command with a configuration are checked and
/// left aside, so that sweep and replay can share a file.
class Configuration {
 public:
  Configuration() = default;
  /// Reads the file. Throws FileError where it cannot be read and UsageError, with line and column, for what is not
  /// allowed in it.
  Configuration(const std::string& path, const CommandSpec& command);

  /// Returns an option, or nothing where it is not set.
  const ConfiguredOption* find(std::string_view name) const;

  /// Removes --trials-out and --trajectories where a summary asks for them: a run that keeps none of its results can
  /// repeat the rest.
  void leave_out_trial_lists();

  /// Returns the error as one of this file: "FILE:LINE:COLUMN: KEY: 'VALUE' is not allowed; ALLOWED".
  std::string complaint(const ConfiguredOption& option, const OptionError& error) const;

 private:
  std::string file_;
  std::map<std::string, ConfiguredOption, std::less<>> options_;
};

}  // namespace logmargin
