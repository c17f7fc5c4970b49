#pragma once

#include <string>

#include "host/results/folder/atomic_file.hpp"

namespace logmargin::testing {

/// Keeps what it is fed.
struct StringSink final : TextSink {
  void write(std::string_view piece) override { text += piece; }
  std::string text;
};

}  // namespace logmargin::testing
