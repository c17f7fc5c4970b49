#include "host/run/mpi/rank_member.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include "host/error.hpp"
#include "host/plan/shard.hpp"
#include "host/run/mpi/rank_tree.hpp"
#include "host/tally/tally_bytes.hpp"

namespace logmargin {

namespace {

TrialRange part_of(const CellRun& cell, unsigned rank, unsigned count) {
  return Shard{rank, count}.range_of(cell.trials);
}

/// Counts the trials of the rank and of those below it.
std::uint64_t trials_of_subtree(const CellRun& cell, unsigned rank, unsigned count) {
  const TrialRange last = part_of(cell, end_of_subtree(rank, count) - 1, count);
  return last.first + last.trials - part_of(cell, rank, count).first;
}

void take_rows(const std::string& message, const CellRun& cell) {
  if (cell.trial_sink == nullptr) throw RankFailed("a rank sends rows of trials, and none are listed here");
  ByteReader reader(std::as_bytes(std::span(message)));
  std::vector<double> rows(message.size() / sizeof(double));
  for (double& number : rows) number = reader.real();
  cell.trial_sink->take(rows);
}

std::span<const std::byte> bytes_of(const std::string& text) { return std::as_bytes(std::span(text)); }

}  // namespace

void PatientPause::rest() {
  constexpr double longest = 5e-3;
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds_));
  seconds_ = std::min(longest, 1.5 * seconds_);
}

RankMember::RankMember(RankLink& link) : link_(link), children_(children_of(link.rank(), link.count())) {}

std::string RankMember::await(unsigned child, RankMessageKind kind, const RunControl& control) {
  PatientPause pause;
  while (true) {
    if (const auto message = link_.poll(child)) {
      RankMessage said = unpacked(*message);
      if (said.kind == kind) return std::move(said.body);
      if (said.kind == RankMessageKind::interrupted) throw Interrupted(std::atoi(said.body.c_str()));
      if (said.kind == RankMessageKind::failed) throw RankFailed(said.body);
      throw RankFailed(fmt::format("rank {} answers out of turn", child));
    }
    if (const int signal = control.stop_signal) throw Interrupted(signal);
    pause.rest();
  }
}

void RankMember::await_ready(const std::string& configuration, const RunControl& control) {
  for (const unsigned child : children_) {
    if (await(child, RankMessageKind::ready, control) != configuration) {
      throw RankFailed(fmt::format("rank {} runs another version of the program, or with other options", child));
    }
  }
}

void RankMember::tell_children(RankMessageKind kind, std::string_view body) {
  for (const unsigned child : children_) link_.send(child, packed(kind, body));
}

void RankMember::tell_parent(RankMessageKind kind, std::string_view body) {
  link_.send(parent_of(link_.rank()), packed(kind, body));
}

HorizonTally RankMember::run(const CellRun& cell, const Schedule& schedule, Engine& engine,
                             const RecordedSink& on_recorded, RunControl& control) {
  const unsigned count = link_.count();
  CellRun own = cell;
  const TrialRange part = part_of(cell, link_.rank(), count);
  own.first_trial += part.first;
  own.trials = part.trials;

  const auto add_children = [&](std::size_t recorded, const RecordedTally& tally) {
    RecordedTally sum = tally;
    for (const unsigned child : children_) {
      const std::string bytes = await(child, RankMessageKind::checkpoint, control);
      ByteReader reader(bytes_of(bytes));
      sum += read_checkpoint_tally(reader, trials_of_subtree(cell, child, count));
    }
    on_recorded(recorded, sum);
  };
  const TallySizes sizes = {schedule.times().size(), schedule.fits.size(), cell.thresholds.size()};
  HorizonTally horizon(sizes.fits, sizes.thresholds);
  if (own.trials > 0) {
    horizon = engine.run(own, schedule, add_children, control);
  } else {
    for (std::size_t recorded = 0; recorded < sizes.recorded_times; ++recorded) add_children(recorded, {});
  }
  for (const unsigned child : children_) {
    const std::string bytes = await(child, RankMessageKind::horizon, control);
    ByteReader reader(bytes_of(bytes));
    control.count_computed(reader.real());
    std::uint64_t messages_to_come = reader.number();
    horizon += read_horizon_tally(reader, sizes, trials_of_subtree(cell, child, count));
    // Those below a rank follow it, so that trials come in rising order.
    for (; messages_to_come > 0; --messages_to_come) take_rows(await(child, RankMessageKind::rows, control), cell);
  }
  return horizon;
}

bool RankMember::close() {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  tell_children(RankMessageKind::leave);
  PatientPause pause;
  for (const unsigned child : children_) {
    while (true) {
      const auto message = link_.poll(child);
      if (message && unpacked(*message).kind == RankMessageKind::bye) break;
      if (message) continue;
      if (std::chrono::steady_clock::now() > deadline) return false;
      pause.rest();
    }
  }
  return true;
}

}  // namespace logmargin
