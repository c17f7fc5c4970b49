#pragma once

#include <string>

#include "host/plan/plan.hpp"
#include "host/tally/tally.hpp"

namespace logmargin {

/// What is expected of a cell's converging networks, beside what they showed.
struct Theory {
  enum class Verdict { consistent, inconsistent, unknown };

  std::string law;       ///< such as "gap ln t -> C"
  std::string constant;  ///< C of the law, where it has one
  std::string source;    ///< of both, or why nothing is expected
  std::string measure;   ///< what was measured; empty where nothing is expected
  double expected;       ///< of the measure; NaN where nothing is
  double measured;       ///< NaN where no network showed it
  Verdict verdict;
  bool power_law = false;  ///< C is that of gap t
};

/// How far from the expected value, relative to it, a measured one still is consistent.
inline constexpr double theory_tolerance = 0.1;

/// Of fewer networks the median is no evidence against a law.
inline constexpr std::uint64_t fewest_to_contradict = 20;

/// The classified networks of a cell at its last recorded t.
struct LastSeen {
  double t = 0.0;
  Quantiles gap{}, margin{};

  /// Their margins over the largest possible one.
  Quantiles margin_ratio(const Problem& problem) const { return scaled(margin, 1.0 / problem.optimal_margin); }
};

Theory theory_of(const Cell& cell, const HorizonTally& tally, const LastSeen& last);

/// "consistent", "not consistent" or "not known".
std::string_view verdict_text(Theory::Verdict verdict);

}  // namespace logmargin
