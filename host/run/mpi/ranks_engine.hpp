#pragma once

#include "host/run/mpi/rank_member.hpp"

namespace logmargin {

/// RanksEngine is rank 0's engine, with which every rank trains its part, each on an engine of its own. Both referred
/// to must outlive it.
class RanksEngine final : public Engine {
 public:
  RanksEngine(RankMember& member, Engine& own) : member_(member), own_(own) {}

  std::string description() const override;
  bool supports_trial_output() const override { return own_.supports_trial_output(); }
  /// Runs a cell on all ranks. Throws RankFailed too. The cell's index says to the others which cell it is.
  HorizonTally run(const CellRun& cell, const Schedule& schedule, const RecordedSink& on_recorded,
                   RunControl& control) override;

 private:
  RankMember& member_;
  Engine& own_;
};

}  // namespace logmargin
