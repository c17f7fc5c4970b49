#include "kernels/runtime/launch_shape.hpp"

#include <algorithm>

namespace logmargin {

namespace {

/// Four warp schedulers a multiprocessor, each with a handful of warps, hide most of the latency.
constexpr std::size_t busy_threads_per_multiprocessor = 1024;
/// These are counts of steps with an exponential of their own, and of the dearest method; see
/// benchmarks/gpu/instructions_sm90.txt. Steps by rises are up to seven times shorter, and so are launches of them.
constexpr double fp64_of_network_step = 60.0;
constexpr double fp32_of_pair_network_step = 120.0;
constexpr double fp64_of_method_step = 240.0;
constexpr double fp64_of_method_observation = 360.0;
constexpr double seconds_of_lone_network_step = 1e-7;
constexpr double seconds_of_lone_method_step = 4e-7;
constexpr double fp64_of_observation = 150.0;
/// The norms of whole weights take so many instructions more.
constexpr double fp64_of_observation_in_space = 130.0;
constexpr double first_listing = 64.0;

LaunchShape shape_for_threads(std::size_t threads, int multiprocessors, int in_flight) {
  // Blocks have one warp while there are too few threads to give every scheduler a block.
  const std::size_t schedulers = 4 * static_cast<std::size_t>(multiprocessors);
  const bool few = threads <= schedulers * threads_per_block;
  const unsigned block = few ? 32 : threads_per_block;
  const std::size_t blocks = (threads + block - 1) / block;
  return {static_cast<unsigned>(std::max<std::size_t>(blocks, 1)), block, in_flight};
}

}  // namespace

LaunchShape shape_for_points(std::size_t points, int multiprocessors) {
  const std::size_t busy = busy_threads_per_multiprocessor * static_cast<std::size_t>(multiprocessors);
  const std::size_t in_flight = points <= busy / 2 ? 1 : 2;
  return shape_for_threads((points + in_flight - 1) / in_flight, multiprocessors, static_cast<int>(in_flight));
}

LaunchShape shape_for_networks(std::size_t networks, int multiprocessors) {
  return shape_for_threads(networks, multiprocessors, 1);
}

int fp64_lanes_per_clock(int major, int minor) {
  if (major == 8 && minor == 0) return 32;
  if (major == 9 || (major == 10 && minor == 0)) return 64;
  // Turing, consumer Ampere, Ada and Blackwell keep two units a multiprocessor.
  return 2;
}

int fp32_lanes_per_clock(int major, int minor) { return major == 7 || (major == 8 && minor == 0) ? 64 : 128; }

IssueRate issue_rate_in_double(double fp64_per_second) {
  return {fp64_per_second / fp64_of_network_step, fp64_per_second / fp64_of_observation, seconds_of_lone_network_step};
}

IssueRate issue_rate_in_pairs(double fp32_per_second, double fp64_per_second) {
  return {fp32_per_second / fp32_of_pair_network_step, fp64_per_second / fp64_of_observation,
          seconds_of_lone_network_step};
}

IssueRate issue_rate_of_methods(double fp64_per_second) {
  return {fp64_per_second / fp64_of_method_step, fp64_per_second / fp64_of_method_observation,
          seconds_of_lone_method_step};
}

IssueRate issue_rate_in_space(IssueRate on_line, double fp64_per_second) {
  on_line.observations_per_second =
      1.0 / (1.0 / on_line.observations_per_second + fp64_of_observation_in_space / fp64_per_second);
  return on_line;
}

std::int64_t steps_per_launch(std::size_t networks, const IssueRate& rate, double target_seconds) {
  const double seconds_per_step =
      std::max(rate.seconds_of_lone_step, static_cast<double>(networks) / rate.network_steps_per_second);
  return static_cast<std::int64_t>(std::max(1.0, target_seconds / seconds_per_step));
}

std::int64_t steps_until_listing(double t) {
  double listing = first_listing;
  while (listing <= t) listing *= 4.0;
  return static_cast<std::int64_t>(listing - t);
}

std::size_t records_per_launch(std::size_t networks, double steps_between, const IssueRate& rate, double target_seconds,
                               std::size_t most) {
  const double seconds_per_record = static_cast<double>(networks) * (1.0 / rate.observations_per_second +
                                                                     steps_between / rate.network_steps_per_second);
  const double fitting = std::min(target_seconds / seconds_per_record, static_cast<double>(most));
  return std::max<std::size_t>(1, static_cast<std::size_t>(fitting));
}

}  // namespace logmargin
