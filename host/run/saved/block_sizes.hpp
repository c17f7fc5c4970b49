#pragma once

#include <algorithm>
#include <cstdint>

namespace logmargin {

/// BlockSizes says how many trials to give an engine at once, so that it comes back after about so many seconds. A stop
/// loses that much, and an interval is kept that closely. Tallies of any blocks add up to the same, so a clock may
/// decide.
class BlockSizes {
 public:
  /// Begins with the smallest size. Precondition: target_seconds > 0, smallest >= 1.
  BlockSizes(double target_seconds, std::uint64_t smallest)
      : target_seconds_(target_seconds), smallest_(smallest), size_(smallest) {}

  std::uint64_t next(std::uint64_t trials_left) const { return std::min(size_, trials_left); }

  /// Adapts the size after a block of so many trials took so long.
  void took(std::uint64_t trials, double seconds) {
    // The short last block of a cell says nothing, unless it was slow.
    if (trials < size_ && seconds < target_seconds_) return;
    constexpr double most_change = 8.0;
    const auto size = static_cast<double>(size_);
    const double wanted = static_cast<double>(trials) * target_seconds_ / std::max(seconds, 1e-9);
    const double next_size = std::clamp(wanted, size / most_change, std::min(size * most_change, most_trials_at_once));
    size_ = std::max(smallest_, static_cast<std::uint64_t>(next_size) / smallest_ * smallest_);
  }

 private:
  static constexpr double most_trials_at_once = 1e15;

  double target_seconds_;
  std::uint64_t smallest_;
  std::uint64_t size_;
};

}  // namespace logmargin
