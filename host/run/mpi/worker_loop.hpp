#pragma once

#include <vector>

#include "host/results/trials/trial_rows.hpp"
#include "host/run/mpi/rank_member.hpp"

namespace logmargin {

/// WorkerTask holds the cells that every rank has made from the same options, and what runs them.
struct WorkerTask {
  const std::vector<CellRun>& runs;
  const Schedule& schedule;
  Engine& engine;
  RunControl& control;
  const TrialRows* rows = nullptr;  ///< what is listed of a trial, if anything
};

/// Does what a rank above 0 does: it says that it is ready, once those below it are, and follows rank 0's orders until
/// it is told to leave. It tells its parent what keeps it from following one.
void worker_loop(RankMember& member, const std::string& configuration, const WorkerTask& work);

/// Says why this rank can follow no order, and waits to be told to leave.
void abort_worker(RankMember& member, const std::string& reason);

/// Waits to be told to leave, whatever the parent says before.
void await_leave(RankMember& member);

}  // namespace logmargin
