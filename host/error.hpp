#pragma once

#include <stdexcept>
#include <string>

namespace logmargin {

/// The command line or a configuration is wrong: exit status 2. The message names option, value and what is allowed.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The value of one option is wrong: "OPTION: 'VALUE' is not allowed; ALLOWED".
struct OptionError : UsageError {
  OptionError(const std::string& option_name, const std::string& refused, const std::string& what_is_allowed)
      : UsageError(option_name + ": '" + refused + "' is not allowed; " + what_is_allowed),
        option(option_name),
        value(refused),
        allowed(what_is_allowed) {}
  std::string option;  ///< with its dashes
  std::string value;
  std::string allowed;
};

/// A file could not be read or written: exit status 3.
struct FileError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The device asked for cannot be used: exit status 4.
struct DeviceError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The run was told to stop by the signal: exit status 128 + signal.
struct Interrupted : std::runtime_error {
  explicit Interrupted(int signal_number) : std::runtime_error("interrupted"), signal(signal_number) {}
  int signal;
};

}  // namespace logmargin
