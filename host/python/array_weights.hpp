#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <memory>
#include <optional>

#include "host/plan/given_weights.hpp"
#include "host/python/words.hpp"

namespace logmargin::python {

/// Theta is an array of weights, a network a row.
using Theta = nanobind::ndarray<const double, nanobind::ndim<2>, nanobind::c_contig, nanobind::device::cpu>;

/// Returns the rows of an array as weights that a user gives, without a copy, and adds to the words that name them and
/// their dimension. The weights' destructor takes the interpreter's lock. Throws UsageError where the array is none of
/// weights.
std::shared_ptr<const GivenWeights> weights_of(const Theta& theta, Words& words);

/// Does the same where there is an array, else returns nothing.
std::shared_ptr<const GivenWeights> weights_of(const std::optional<Theta>& theta, Words& words);

}  // namespace logmargin::python
