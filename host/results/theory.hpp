#pragma once

#include <string>

#include "host/plan/experiment.hpp"
#include "host/tally/tally.hpp"

namespace logmargin {

/// Theory is what is expected of a cell's converging networks, beside what they showed.
struct Theory {
  enum class Verdict { consistent, inconsistent, too_early, too_few, unknown };

  std::string law;                    ///< such as "gap ln t -> C"
  std::string constant;               ///< C of the law, where it has one
  std::string source;                 ///< of both, or why nothing is expected
  std::string measure;                ///< what was measured; empty where nothing is expected
  double expected = Quantiles::none;  ///< of the measure; NaN where nothing is
  double measured = Quantiles::none;  ///< NaN where no network showed it
  std::uint64_t networks = 0;         ///< networks that law and measure are known of
  std::uint64_t within = 0;           ///< networks of these within theory_tolerance of what the law says
  std::uint64_t contradicting = 0;    ///< networks of these beyond it although the law's next-order term is small
  double told_from_log10_t = Quantiles::none;  ///< log10 of the t from which 95 % of the networks can tell, if known
  Verdict verdict = Verdict::unknown;
  bool power_law = false;  ///< C is that of gap t
};

/// A verdict needs at least so many networks.
inline constexpr std::uint64_t fewest_for_a_verdict = 20;
/// A consistent law holds, within the tolerance, for at least this share of the networks.
inline constexpr double consistent_share = 0.9;

/// Returns what theory expects of the cell, with the verdict. The horizon is the last recorded t.
Theory theory_of(const Cell& cell, const HorizonTally& tally, double horizon);

/// Returns "consistent", "not consistent", "too early to tell", "too few to tell" or "not known".
std::string_view verdict_text(Theory::Verdict verdict);

}  // namespace logmargin
