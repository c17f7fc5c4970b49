#pragma once

#include <vector>

#include "kernels/runtime/checked_call.hpp"
#include "kernels/runtime/network_columns.hpp"
#include "kernels/runtime/thread_index.cuh"
#include "logmargin/model/gradient_step.hpp"

namespace logmargin::variants {

/// One way of stepping decoupled networks on a GPU. All end in the same bits.
struct Variant {
  const char* name;
  void (*advance)(DeviceColumns<double> columns, std::size_t networks, const Problem& problem, std::int64_t steps);
};

std::vector<Variant> launch_per_step();
std::vector<Variant> registers();
std::vector<Variant> thread_per_point();
std::vector<Variant> points_in_flight();
std::vector<Variant> settled_points();

inline constexpr unsigned block = 128;

inline unsigned blocks_for(std::size_t threads) { return static_cast<unsigned>((threads + block - 1) / block); }

}  // namespace logmargin::variants
