#pragma once

#include <nanobind/nanobind.h>

namespace logmargin::python {

/// Adds to the module the class Training, which trains given networks into arrays.
void add_training(nanobind::module_& module);

}  // namespace logmargin::python
