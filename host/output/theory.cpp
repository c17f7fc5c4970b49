#include "host/output/theory.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "logmargin/limiting_margin.hpp"
#include "logmargin/outcome.hpp"

namespace logmargin {

namespace {

constexpr std::size_t median = 3;
constexpr std::size_t late = 5;  // 95 %
constexpr double none = std::numeric_limits<double>::quiet_NaN();

Theory::Verdict verdict_on(double measured, double expected) {
  if (!std::isfinite(measured) || !std::isfinite(expected)) return Theory::Verdict::unknown;
  return std::abs(measured - expected) <= theory_tolerance * expected ? Theory::Verdict::consistent
                                                                      : Theory::Verdict::inconsistent;
}

Theory measured_against(Theory theory, std::string measure, double expected, double measured) {
  theory.measure = std::move(measure);
  theory.expected = expected;
  theory.measured = measured;
  theory.verdict = verdict_on(measured, expected);
  return theory;
}

/// As the optimiser's registry entry has it.
std::string_view law_text(ExpectedLaw law) {
  switch (law) {
    case ExpectedLaw::inverse_log:
      return "gap ln t -> C";
    case ExpectedLaw::inverse_power:
      return "gap t -> C";
    case ExpectedLaw::none:
      break;
  }
  return "not known";
}

Theory not_known(Theory theory, std::string reason) {
  theory.law = "not known";
  theory.constant = "";
  theory.source = std::move(reason);
  return theory;
}

Theory undecided(Theory theory, std::string_view why) {
  theory.law += fmt::format(", too {} to tell", why);
  theory.verdict = Theory::Verdict::unknown;
  return theory;
}

}  // namespace

std::string_view verdict_text(Theory::Verdict verdict) {
  switch (verdict) {
    case Theory::Verdict::consistent:
      return "consistent";
    case Theory::Verdict::inconsistent:
      return "not consistent";
    case Theory::Verdict::unknown:
      break;
  }
  return "not known";
}

Theory theory_of(const Cell& cell, const HorizonTally& tally, const LastSeen& last) {
  const Problem problem = cell.problem();
  const OptimizerFacts facts = facts_of(problem.method);
  // The registry's constants are those of the points +1 and -1; in general each network has its own, by a longer
  // formula.
  const bool plain_data =
      problem.decoupled() && problem.rate_positive == problem.rate_negative && problem.optimal_margin == 1.0;
  Theory theory = {std::string(law_text(facts.law)),
                   std::string(plain_data ? facts.constant : ""),
                   std::string(facts.source),
                   "",
                   none,
                   none,
                   Theory::Verdict::unknown,
                   facts.law == ExpectedLaw::inverse_power};
  if (facts.law == ExpectedLaw::none) return theory;
  const double limit = limiting_margin_ratio(problem);
  if (std::isnan(limit)) return not_known(theory, "these points lift inactive neurons until they fire again");
  if (std::isnan(late_growth(problem)))
    return not_known(theory, "steps so long make the points' weights swing for ever");
  if (limit < 1.0) {
    theory.law = fmt::format("margin -> {:.4g} of the largest possible", limit);
    theory.constant = "";
    theory.source = "norms differ, and each neuron grows along its own point";
    theory = measured_against(theory, "median margin / largest", limit, last.margin_ratio(problem).at_level[median]);
    return theory.verdict == Theory::Verdict::inconsistent ? undecided(theory, "early") : theory;
  }
  theory = measured_against(theory, "median of C / C in theory", 1.0,
                            tally.fit.back().constant_ratio.quantiles().at_level[median]);
  // The fits begin at the square root of the horizon. In space weights across the line hide the law for long.
  const bool dips_in_window = tally.dip_log10_t.quantiles().at_level[late] > 0.5 * std::log10(last.t);
  if (theory.verdict != Theory::Verdict::inconsistent) return theory;
  if (tally.fit.back().constant_ratio.count() < fewest_to_contradict) return undecided(theory, "few");
  return problem.in_space || dips_in_window ? undecided(theory, "early") : theory;
}

}  // namespace logmargin
