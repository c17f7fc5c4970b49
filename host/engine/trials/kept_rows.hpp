#pragma once

#include <mutex>
#include <vector>

#include "host/temporary_bytes.hpp"

namespace logmargin {

/// KeptRows keeps the rows of trajectories of every batch of a cell between the passes over its recorded t.
class KeptRows {
 public:
  explicit KeptRows(std::size_t batches) : parts_(batches) {}

  /// Adds a batch's rows of one pass. Several threads may call it at once.
  void keep(std::size_t batch, const std::vector<double>& rows);
  /// Returns a batch's rows of all passes, in their order. Throws FileError.
  std::vector<double> of_batch(std::size_t batch);

 private:
  struct Part {
    std::uint64_t offset;
    std::size_t numbers;
  };

  std::mutex lock_;
  TemporaryBytes bytes_;
  std::vector<std::vector<Part>> parts_;  ///< of each batch
};

}  // namespace logmargin
