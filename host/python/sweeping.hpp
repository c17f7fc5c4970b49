#pragma once

#include <nanobind/nanobind.h>

namespace logmargin::python {

/// Adds to the module the class Sweep, which is a finished sweep, and the function sweep, which makes one.
void add_sweep(nanobind::module_& module);

}  // namespace logmargin::python
