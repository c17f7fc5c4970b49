#pragma once

// statistics_of_margins.py once more, in C++.

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "job.hpp"

namespace peers {

/// The quantile as NumPy has it, between neighbours. Precondition: sorted, not empty.
inline double quantile(const std::vector<double>& sorted, double q) {
  const double at = q * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

class Table {
 public:
  Table(double first, double second) : span_(std::fabs(first - second)) {}

  void record(std::int64_t t, const State& state) {
    const std::size_t count = state.size() / 4;
    const double *z11 = state.data(), *z12 = z11 + count, *z21 = z12 + count, *z22 = z21 + count;
    margins_.clear();
    for (std::size_t i = 0; i < count; ++i) {
      const double lead_1 = z11[i] - z21[i], lead_2 = z22[i] - z12[i];
      if (!(z11[i] > 0.0 && z22[i] > 0.0 && lead_1 > 0.0 && lead_2 > 0.0)) continue;
      const double own = std::min(z11[i] / std::fabs(z11[i] - z12[i]), z22[i] / std::fabs(z22[i] - z21[i]));
      margins_.push_back(span_ * std::min(own, std::min(lead_1, lead_2) / (lead_1 + lead_2)));
    }
    std::sort(margins_.begin(), margins_.end());
    text_ += std::to_string(t) + "," + std::to_string(margins_.size());
    for (const double q : {0.05, 0.5, 0.95}) {
      char fields[64];
      const bool any = !margins_.empty();
      std::snprintf(fields, sizeof fields, ",%.6g,%.6g", any ? quantile(margins_, q) : NAN,
                    any ? span_ / 2.0 - quantile(margins_, 1.0 - q) : NAN);
      text_ += fields;
    }
    text_ += "\n";
  }

  const std::string& text() const { return text_; }
  /// At the last recorded t.
  std::size_t classified() const { return margins_.size(); }

 private:
  double span_;
  std::vector<double> margins_;
  std::string text_ = "t,classified,margin_q05,gap_q05,margin_q50,gap_q50,margin_q95,gap_q95\n";
};

inline Json outcomes(const State& state) {
  const std::size_t count = state.size() / 4;
  const double *z11 = state.data(), *z12 = z11 + count, *z21 = z12 + count, *z22 = z21 + count;
  std::size_t converging = 0, stuck = 0, transient = 0, diverged = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!std::isfinite(z11[i] + z12[i] + z21[i] + z22[i])) {
      ++diverged;
    } else if ((z11[i] <= 0.0 && z21[i] <= 0.0) || (z22[i] <= 0.0 && z12[i] <= 0.0)) {
      ++stuck;
    } else if (z11[i] > 0.0 && z21[i] <= 0.0 && z22[i] > 0.0 && z12[i] <= 0.0) {
      ++converging;
    } else {
      ++transient;
    }
  }
  return {{"converging", converging}, {"stuck", stuck}, {"transient", transient}, {"diverged", diverged}};
}

}  // namespace peers
