#pragma once

#include <cstdint>
#include <functional>

#include "host/results/trials/trial_rows.hpp"
#include "host/temporary_bytes.hpp"

namespace logmargin {

/// TrialSpool keeps rows of trials aside until it is known that they count: a block of trials, or an order of MPI's
/// rank 0, may be given up.
class TrialSpool final : public RowSink {
 public:
  using RowSink::RowSink;
  void take(std::span<const double> rows) override;
  /// Returns the number of pieces in which feed gives the rows.
  std::uint64_t pieces() const;
  /// Gives all rows to take, a piece at a time. Throws FileError, and what take throws.
  void feed(const std::function<void(std::span<const double>)>& take) const;

 private:
  std::uint64_t bytes_per_piece() const;

  TemporaryBytes bytes_;
};

}  // namespace logmargin
