#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace logmargin::python {

/// Returns a NumPy array of that shape which owns the values. Precondition: the shape has so many.
inline nanobind::object numpy_array(std::vector<double> values, std::initializer_list<std::size_t> shape) {
  auto owned = std::make_unique<std::vector<double>>(std::move(values));
  double* data = owned->data();
  const nanobind::capsule owner(owned.get(),
                                [](void* held) noexcept { delete static_cast<std::vector<double>*>(held); });
  static_cast<void>(owned.release());
  return nanobind::cast(nanobind::ndarray<nanobind::numpy, double>(data, shape, owner));
}

}  // namespace logmargin::python
