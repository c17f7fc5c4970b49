#pragma once

#include <string_view>

#include "host/results/folder/atomic_file.hpp"
#include "host/temporary_bytes.hpp"

namespace logmargin {

/// Spool keeps text aside until it is complete.
class Spool final : public TextSink {
 public:
  void write(std::string_view text) override;
  /// Copies everything to stdout. Throws FileError.
  void print() const;

 private:
  TemporaryBytes bytes_;
};

}  // namespace logmargin
