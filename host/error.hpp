#pragma once

#include <stdexcept>

namespace logmargin {

/// The command line or a configuration is wrong: exit status 2. The message names option, value and what is allowed.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
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
