#pragma once

#include <nanobind/nanobind.h>

namespace logmargin::python {

/// Adds to the module the functions replay and explain, which follow networks one by one.
void add_stories(nanobind::module_& module);

}  // namespace logmargin::python
