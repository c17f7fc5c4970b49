#pragma once

#include <nanobind/nanobind.h>

#include <functional>

#include "host/engine/run_control.hpp"

namespace logmargin::python {

/// Progress is what takes the steps done and all steps, or None.
struct Progress {
  nanobind::object tell;
  double all_steps;
};

/// Calls work on a thread of its own with the interpreter's lock released, and returns when work does. Meanwhile it
/// looks for signals ten times a second, and tells the progress. Where a signal's handler or progress throws, as Ctrl-C
/// does, control asks work to stop, and the error is thrown when it has. Throws what work throws. Precondition: the
/// lock is held.
void run_interruptibly(RunControl& control, const Progress& progress, const std::function<void()>& work);

}  // namespace logmargin::python
