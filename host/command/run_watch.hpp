#pragma once

#include <chrono>
#include <csignal>
#include <thread>

#include "host/engine/engine.hpp"

namespace logmargin {

/// "[#####-----] 42 %  4.2e9 of 1e10 steps  3.1e8 steps/s  19 s left", below 80 columns.
std::string progress_text(double done, double total, double seconds);

/// While it lives, SIGINT and SIGTERM set control.stop_signal instead of ending the process, and progress is shown on
/// stderr where that is a terminal and the run takes over a second.
class RunWatch {
 public:
  RunWatch(RunControl& control, double total_network_steps);
  ~RunWatch();
  RunWatch(const RunWatch&) = delete;
  RunWatch& operator=(const RunWatch&) = delete;

  double seconds() const;

 private:
  void watch(const std::stop_token& stop);

  RunControl& control_;
  double total_;
  std::chrono::steady_clock::time_point start_;
  sigset_t watched_;
  sigset_t previous_;
  std::jthread thread_;
};

}  // namespace logmargin
