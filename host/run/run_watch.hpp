#pragma once

#include <atomic>
#include <chrono>
#include <csignal>
#include <limits>
#include <thread>

#include "host/engine/engine.hpp"

namespace logmargin {

/// Returns "[#####-----] 42 %  4.2e9 of 1e10 steps  3.1e8 steps/s  19 s left", or as much of it as stays below so many
/// columns.
std::string progress_text(double done, double total, double seconds, std::size_t columns = 80);

/// RunWatch watches a run for signals and shows its progress. While it lives, the signals by which people and batch
/// systems end a run (SIGINT, SIGTERM, and SIGHUP, SIGUSR1, SIGUSR2 and SIGXCPU unless the program was started with
/// them ignored) set control.stop_signal instead of ending the process. Progress is shown on stderr where the run has
/// steps to take: on a terminal a line that changes, from the first second on; elsewhere new lines, a minute apart.
class RunWatch {
 public:
  /// This value of control.stop_signal says that no signal was sent, but the run has taken its time.
  static constexpr int time_is_up = SIGALRM;

  RunWatch(RunControl& control, double total_network_steps, double seconds_between_lines = 60.0);
  ~RunWatch();
  RunWatch(const RunWatch&) = delete;
  RunWatch& operator=(const RunWatch&) = delete;

  double seconds() const;
  /// Says how much of the total an earlier attempt did.
  void leave_out(double network_steps) { total_ = total_ - network_steps; }
  /// Tells the run to stop from so many seconds on. May be called again.
  void stop_after(double seconds) { stop_after_ = seconds; }

 private:
  void watch(const std::stop_token& stop);

  RunControl& control_;
  std::atomic<double> total_;
  double seconds_between_lines_;
  std::atomic<double> stop_after_{std::numeric_limits<double>::infinity()};
  std::chrono::steady_clock::time_point start_;
  sigset_t watched_;
  sigset_t previous_;
  std::jthread thread_;
};

}  // namespace logmargin
