#include "host/run/mpi/worker_loop.hpp"

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <optional>
#include <thread>

#include "host/error.hpp"
#include "host/run/mpi/rank_order.hpp"
#include "host/run/mpi/rank_tree.hpp"
#include "host/run/trial_spool.hpp"
#include "host/tally/tally_bytes.hpp"

namespace logmargin {

namespace {

/// LeaveWatch stops the engine when this rank is told to leave, while it lives. What the parent says is kept for the
/// next reader.
class LeaveWatch {
 public:
  LeaveWatch(RankLink& link, RunControl& control)
      : thread_([this, &link, &control](const std::stop_token& done) { watch(link, control, done); }) {}

  std::optional<RankMessage> end() {
    thread_.request_stop();
    thread_.join();
    return std::move(heard_);
  }

 private:
  void watch(RankLink& link, RunControl& control, const std::stop_token& done) {
    std::mutex one_at_a_time;
    std::condition_variable_any pause;
    while (!done.stop_requested() && !heard_) {
      if (const auto message = link.poll(parent_of(link.rank()))) {
        heard_ = unpacked(*message);
        if (heard_->kind == RankMessageKind::leave) control.stop_signal = SIGTERM;
      }
      // The pause ends at once when the order does.
      std::unique_lock lock(one_at_a_time);
      pause.wait_for(lock, done, std::chrono::milliseconds(5), [] { return false; });
    }
  }

  std::optional<RankMessage> heard_;
  std::jthread thread_;
};

RankMessage await_parent(RankMember& member, const RunControl& control) {
  PatientPause pause;
  while (true) {
    if (const auto message = member.link().poll(parent_of(member.link().rank()))) return unpacked(*message);
    if (const int signal = control.stop_signal) throw Interrupted(signal);
    pause.rest();
  }
}

/// Follows an order, and sends the tallies of its trials to the parent as they come, and their rows in the end.
void follow(RankMember& member, const RankOrder& order, const WorkerTask& work) {
  CellRun run = work.runs.at(order.cell);
  run.first_trial = order.first_trial;
  run.trials = order.trials;
  std::optional<TrialSpool> spool;
  if (work.rows != nullptr) run.trial_sink = &spool.emplace(*work.rows);
  const double computed_before = work.control.steps_computed;
  ByteWriter bytes;
  const auto pass_on = [&](std::size_t, const RecordedTally& tally) {
    bytes.clear();
    write_tally(bytes, tally);
    member.tell_parent(RankMessageKind::checkpoint, bytes.bytes());
  };
  const HorizonTally horizon = member.run(run, work.schedule, work.engine, pass_on, work.control);
  bytes.clear();
  bytes.real(work.control.steps_computed - computed_before);
  bytes.number(spool ? spool->pieces() : 0);
  write_tally(bytes, horizon);
  member.tell_parent(RankMessageKind::horizon, bytes.bytes());
  if (!spool) return;
  spool->feed([&](std::span<const double> rows) {
    bytes.clear();
    for (const double number : rows) bytes.real(number);
    member.tell_parent(RankMessageKind::rows, bytes.bytes());
  });
}

/// Follows all orders until told to leave.
void follow_all(RankMember& member, const std::string& configuration, const WorkerTask& work) {
  member.await_ready(configuration, work.control);
  member.tell_parent(RankMessageKind::ready, configuration);
  std::optional<RankMessage> next;
  while (true) {
    const RankMessage message = next ? *next : await_parent(member, work.control);
    next.reset();
    if (message.kind == RankMessageKind::leave) return;
    member.tell_children(RankMessageKind::order, message.body);
    LeaveWatch watch(member.link(), work.control);
    try {
      follow(member, read_order(message.body), work);
    } catch (...) {
      next = watch.end();
      if (next && next->kind == RankMessageKind::leave) return;
      throw;
    }
    next = watch.end();
  }
}

}  // namespace

void worker_loop(RankMember& member, const std::string& configuration, const WorkerTask& work) {
  try {
    follow_all(member, configuration, work);
  } catch (const Interrupted& stop) {
    member.tell_parent(RankMessageKind::interrupted, std::to_string(stop.signal));
    await_leave(member);
  } catch (const RankFailed& error) {
    // The error names the rank already.
    member.tell_parent(RankMessageKind::failed, error.what());
    await_leave(member);
  } catch (const std::exception& error) {
    abort_worker(member, error.what());
  }
}

void abort_worker(RankMember& member, const std::string& reason) {
  member.tell_parent(RankMessageKind::failed, member.link().name() + ": " + reason);
  await_leave(member);
}

void await_leave(RankMember& member) {
  const RunControl never_stopped;
  while (await_parent(member, never_stopped).kind != RankMessageKind::leave) continue;
}

}  // namespace logmargin
