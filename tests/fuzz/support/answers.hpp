#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "host/error.hpp"

namespace logmargin::fuzz {

/// What has to hold whatever the input; ends the process where it does not.
inline void require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

/// Reads an input. The program's own errors are answers; any other exception ends the process. Returns whether the
/// input was taken.
template <class Read>
bool is_taken(Read&& read) {
  try {
    read();
    return true;
  } catch (const UsageError& error) {
    require(error.what()[0] != '\0', "an error says what is wrong");
  } catch (const FileError& error) {
    require(error.what()[0] != '\0', "an error says what is wrong");
  } catch (const DeviceError& error) {
    require(error.what()[0] != '\0', "an error says what is wrong");
  }
  return false;
}

}  // namespace logmargin::fuzz
