#include "host/output/theory.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "logmargin/limiting_margin.hpp"

namespace logmargin {

namespace {

constexpr std::size_t median = 3;
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
  Theory theory = {
      std::string(law_text(facts.law)), std::string(facts.constant), std::string(facts.source), "", none, none,
      Theory::Verdict::unknown};
  if (facts.law == ExpectedLaw::none) return theory;
  const double limit = limiting_margin_ratio(problem);
  if (std::isnan(limit)) {
    theory.law = "not known";
    theory.constant = "";
    theory.source = "these points lift inactive neurons until they fire again";
    return theory;
  }
  if (limit < 1.0) {
    theory.law = fmt::format("margin -> {:.4g} of the largest possible", limit);
    theory.constant = "";
    theory.source = "norms differ, and each neuron grows along its own point";
    return measured_against(theory, "median margin / largest", limit, last.margin_ratio(problem).at_level[median]);
  }
  theory = measured_against(theory, "median of C / C in theory", 1.0,
                            tally.fit.back().constant_ratio.quantiles().at_level[median]);
  if (problem.in_space && theory.verdict == Theory::Verdict::inconsistent) {
    theory.law += ", once ln t exceeds the weights across the line";
    theory.verdict = Theory::Verdict::unknown;
  }
  return theory;
}

}  // namespace logmargin
