#pragma once

#include <atomic>

#include "host/error.hpp"

namespace logmargin {

/// RunControl is what the outside may watch and ask of a running engine. All engines poll it at least every few tenths
/// of a second.
struct RunControl {
  std::atomic<int> stop_signal{0};        ///< a signal's number: stop with Interrupted
  std::atomic<double> network_steps{0};   ///< done so far, over all cells
  std::atomic<double> steps_computed{0};  ///< of these, the ones not leapt; NaN where they were not counted
  double processes = 1.0;                 ///< set before a run: so many do what this one is doing, all counted as done

  void count_done(double steps) { network_steps.fetch_add(steps * processes, std::memory_order_relaxed); }
  void count_computed(double steps) { steps_computed.fetch_add(steps, std::memory_order_relaxed); }
  void throw_if_stop_requested() const {
    if (const int signal = stop_signal.load(std::memory_order_relaxed)) throw Interrupted(signal);
  }
};

}  // namespace logmargin
