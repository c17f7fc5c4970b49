#pragma once

#include <cstddef>
#include <cstdint>

namespace logmargin {

/// LaunchShape is the shape of one launch over items that threads share out, in_flight to a thread.
struct LaunchShape {
  unsigned blocks;
  unsigned threads_per_block;
  int in_flight;  ///< 1 or 2

  std::size_t threads() const { return std::size_t{blocks} * threads_per_block; }
};

inline constexpr unsigned threads_per_block = 128;

/// Returns the shape for so many points. Few points go one to a thread, in small blocks, so that all multiprocessors
/// get some. Many points go two to a thread and fill each other's latency; see benchmarks/variants. Precondition:
/// multiprocessors > 0.
LaunchShape shape_for_points(std::size_t points, int multiprocessors);

/// Returns the shape for so many networks, one to a thread.
LaunchShape shape_for_networks(std::size_t networks, int multiprocessors);

/// Returns how many double precision instructions a multiprocessor starts in one clock, in lanes, by compute capability
/// (CUDA C++ Programming Guide, arithmetic throughput).
int fp64_lanes_per_clock(int major, int minor);

/// Returns the same for single precision additions, multiplications and fused multiply-adds.
int fp32_lanes_per_clock(int major, int minor);

/// IssueRate says roughly what the issue rate of one device allows, and what latency leaves of it. It serves to choose
/// the length of launches.
struct IssueRate {
  double network_steps_per_second;
  double observations_per_second;
  double seconds_of_lone_step;  ///< of a network that has the device for itself
};

/// Returns the rate of gradient descent on the exponential loss.
IssueRate issue_rate_in_double(double fp64_per_second);
/// Returns the same for states in pairs of floats, which are observed in double.
IssueRate issue_rate_in_pairs(double fp32_per_second, double fp64_per_second);
/// Returns the rate of any other method, which is that of the dearest of them.
IssueRate issue_rate_of_methods(double fp64_per_second);

/// Returns the rate of the same networks in space, which take the same steps but more to observe.
IssueRate issue_rate_in_space(IssueRate on_line, double fp64_per_second);

/// Returns the number of steps between two looks at what the user wants: about target_seconds of work, whether issue
/// rate or latency rules. It is at least 1.
std::int64_t steps_per_launch(std::size_t networks, const IssueRate& rate, double target_seconds);

/// Returns the number of steps from t until points are next listed by what they need. Points are listed at 64 and
/// whenever t has quadrupled since, whatever t are recorded. Precondition: t is whole and below 2^62.
std::int64_t steps_until_listing(double t);

/// Returns how many recorded t, steps_between apart, one launch of the record kernel takes within the same time. The
/// number is at least 1 and at most most.
std::size_t records_per_launch(std::size_t networks, double steps_between, const IssueRate& rate, double target_seconds,
                               std::size_t most);

}  // namespace logmargin
