#pragma once

#include <memory>
#include <new>

#include "host/engine/engine.hpp"
#include "host/engine/lane_kernels.hpp"

namespace logmargin {

/// Numbers aligned for the widest vectors, zero at first.
template <class Number>
class AlignedColumnsOf {
 public:
  AlignedColumnsOf(int columns, std::size_t stride)
      : stride_(stride), data_(new (std::align_val_t{64}) Number[static_cast<std::size_t>(columns) * stride]()) {}
  ColumnsOf<Number> view() { return {data_.get(), stride_}; }

 private:
  struct Release {
    void operator()(Number* data) const { ::operator delete[](data, std::align_val_t{64}); }
  };
  std::size_t stride_;
  std::unique_ptr<Number[], Release> data_;
};

using AlignedColumns = AlignedColumnsOf<double>;

/// Working memory that batches on one thread share: nothing in it outlives a call.
template <class Number>
struct BatchScratchOf {
  explicit BatchScratchOf(std::size_t capacity);

  AlignedColumns observation;
  AlignedColumns widened;  ///< states to be observed, where they are not kept as doubles
  AlignedColumnsOf<Number> packed_points;
  std::vector<std::uint32_t> live;
};

/// Neighbouring trials advancing together: their states and tracks, and the step they have reached. Number is what
/// states are kept in: double or, in mixed precision, Pair<float>.
template <class Number>
class BatchOf {
 public:
  using Scratch = BatchScratchOf<Number>;

  static constexpr std::size_t most_networks = 512;
  /// Bytes a network holds while its batch is kept.
  static constexpr std::size_t bytes_per_network =
      sizeof(Number) * network_columns + sizeof(double) * (dip_columns + fit_columns);

  /// Initialises count trials of the cell from first on. Precondition: count <= most_networks.
  BatchOf(const CellRun& cell, std::uint64_t first, std::size_t count);

  /// Takes every network to the recorded time. Precondition: time.t is not below the step reached.
  void advance(const LaneKernels& kernels, const Problem& problem, double to_t, Scratch& scratch, RunControl& control);
  void observe(const LaneKernels& kernels, const Problem& problem, const RecordedTime& time, Scratch& scratch,
               CheckpointTally& tally);
  void finish(const Problem& problem, const FitWindow& window, HorizonTally& tally);

 private:
  void advance_points(const LaneKernels& kernels, double rate, Number* correct, Number* wrong, std::int64_t steps,
                      Scratch& scratch) const;
  ColumnsView states_to_observe(Scratch& scratch);

  std::size_t count_;
  std::size_t padded_;  ///< up to a multiple of lane_block, with dead networks
  double reached_t_ = 0.0;
  AlignedColumnsOf<Number> state_;
  AlignedColumns dips_;
  AlignedColumns sums_;
};

using Batch = BatchOf<double>;
using BatchScratch = BatchScratchOf<double>;

extern template struct BatchScratchOf<double>;
extern template struct BatchScratchOf<Pair<float>>;
extern template class BatchOf<double>;
extern template class BatchOf<Pair<float>>;

}  // namespace logmargin
