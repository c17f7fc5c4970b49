#pragma once

#include <optional>
#include <stdexcept>
#include <vector>

#include "host/engine/engine.hpp"
#include "host/run/mpi/rank_link.hpp"
#include "host/run/mpi/rank_message.hpp"

namespace logmargin {

/// RankFailed says that another rank could not go on; the message names it.
struct RankFailed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// RankMember is one process of a job, with its place in the tree of ranks: it adds what the ranks below it found to
/// its own.
class RankMember {
 public:
  explicit RankMember(RankLink& link);

  RankLink& link() const { return link_; }
  bool alone() const { return link_.count() == 1; }

  /// Waits until all ranks below are ready for the run of this configuration. Throws RankFailed where one is not or has
  /// another configuration, and Interrupted.
  void await_ready(const std::string& configuration, const RunControl& control);

  void tell_children(RankMessageKind kind, std::string_view body = {});
  /// Sends a message to the parent. Precondition: rank > 0.
  void tell_parent(RankMessageKind kind, std::string_view body = {});

  /// Trains this rank's part of the cell's trials and adds those of the ranks below, which have been given the same
  /// order. Throws RankFailed, Interrupted, and what the engine throws.
  HorizonTally run(const CellRun& cell, const Schedule& schedule, Engine& engine, const RecordedSink& on_recorded,
                   RunControl& control);

  /// Has the ranks below leave. Returns false where one has not left within 10 seconds.
  bool close();

 private:
  /// Returns a child's next message, where it is of this kind.
  std::string await(unsigned child, RankMessageKind kind, const RunControl& control);

  RankLink& link_;
  std::vector<unsigned> children_;
};

/// PatientPause makes pauses of 20 microseconds at first, and of 5 milliseconds in the end: a core that waits is left
/// to others.
class PatientPause {
 public:
  void rest();

 private:
  double seconds_ = 20e-6;
};

}  // namespace logmargin
