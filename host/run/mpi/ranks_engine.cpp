#include "host/run/mpi/ranks_engine.hpp"

#include <fmt/format.h>

#include "host/run/mpi/rank_order.hpp"

namespace logmargin {

std::string RanksEngine::description() const {
  return fmt::format("{} ranks, rank 0 on {}", member_.link().count(), own_.description());
}

HorizonTally RanksEngine::run(const CellRun& cell, const Schedule& schedule, const RecordedSink& on_recorded,
                              RunControl& control) {
  member_.tell_children(RankMessageKind::order, order_bytes({cell.index, cell.first_trial, cell.trials}));
  return member_.run(cell, schedule, own_, on_recorded, control);
}

}  // namespace logmargin
