#pragma once

#include <memory>
#include <new>

#include "host/engine/engine.hpp"
#include "host/engine/lane_kernels.hpp"

namespace logmargin {

/// Doubles aligned for the widest vectors, zero at first.
class AlignedColumns {
 public:
  AlignedColumns(int columns, std::size_t stride);
  ColumnsView view() { return {data_.get(), stride_}; }

 private:
  struct Release {
    void operator()(double* data) const { ::operator delete[](data, std::align_val_t{64}); }
  };
  std::size_t stride_;
  std::unique_ptr<double[], Release> data_;
};

/// Working memory that batches on one thread share: nothing in it outlives a call.
struct BatchScratch {
  explicit BatchScratch(std::size_t capacity);

  AlignedColumns observation;
  AlignedColumns packed_points;
  std::vector<std::uint32_t> live;
};

/// Neighbouring trials advancing together: their states and tracks, and the step they have reached.
class Batch {
 public:
  static constexpr std::size_t most_networks = 512;
  /// Bytes a network holds while its batch is kept.
  static constexpr std::size_t bytes_per_network =
      sizeof(double) * static_cast<std::size_t>(network_columns + dip_columns + fit_columns);

  /// Initialises count trials of the cell from first on. Precondition: count <= most_networks.
  Batch(const CellRun& cell, std::uint64_t first, std::size_t count);

  /// Takes every network to the recorded time. Precondition: time.t is not below the step reached.
  void advance(const LaneKernels& kernels, const Problem& problem, double to_t, BatchScratch& scratch,
               RunControl& control);
  void observe(const LaneKernels& kernels, const Problem& problem, const RecordedTime& time, BatchScratch& scratch,
               CheckpointTally& tally);
  void finish(const Problem& problem, const FitWindow& window, HorizonTally& tally);

 private:
  void advance_points(const LaneKernels& kernels, double rate, double* correct, double* wrong, std::int64_t steps,
                      BatchScratch& scratch) const;

  std::size_t count_;
  std::size_t padded_;  ///< up to a multiple of lane_block, with dead networks
  double reached_t_ = 0.0;
  AlignedColumns state_;
  AlignedColumns dips_;
  AlignedColumns sums_;
};

}  // namespace logmargin
