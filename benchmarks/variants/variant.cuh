#pragma once

#include <vector>

#include "kernels/runtime/checked_call.hpp"
#include "kernels/runtime/network_columns.hpp"
#include "kernels/runtime/thread_index.cuh"
#include "logmargin/stepping/descent.hpp"

namespace logmargin::variants {

/// One way of stepping decoupled networks on a GPU, which have the columns of CarriedNetwork, from t = 0.
struct Variant {
  const char* name;
  void (*advance)(DeviceColumns<double> columns, std::size_t networks, const Problem& problem, std::int64_t steps);
  bool by_rises = false;  ///< steps are those of descend; else each has an exponential of its own
};

std::vector<Variant> launch_per_step();
std::vector<Variant> registers();
std::vector<Variant> thread_per_point();
std::vector<Variant> points_in_flight();
std::vector<Variant> by_rises();

inline constexpr unsigned block = 128;

inline unsigned blocks_for(std::size_t threads) { return static_cast<unsigned>((threads + block - 1) / block); }

}  // namespace logmargin::variants
