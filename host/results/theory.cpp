#include "host/results/theory.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "logmargin/measure/limiting_margin.hpp"
#include "logmargin/measure/outcome.hpp"

namespace logmargin {

namespace {

std::uint64_t count_of(const HorizonTally& tally, LawCheck check) { return tally.law[static_cast<std::size_t>(check)]; }

/// Returns the number of networks that can tell of their law at the horizon.
std::uint64_t late_enough(const HorizonTally& tally, double horizon) {
  std::uint64_t count = 0;
  for (const auto& [log10_t, networks] : tally.log10_t_of_law.binned()) {
    if (log10_t <= std::log10(horizon)) count += networks;
  }
  return count;
}

Theory::Verdict verdict_on(const Theory& theory, const HorizonTally& tally, double horizon) {
  if (theory.networks == 0) return Theory::Verdict::unknown;
  if (theory.networks < fewest_for_a_verdict) return Theory::Verdict::too_few;
  const auto share_of = [](std::uint64_t part, std::uint64_t whole) {
    return static_cast<double>(part) / static_cast<double>(whole);
  };
  const std::uint64_t telling = late_enough(tally, horizon);
  if (telling >= fewest_for_a_verdict && share_of(theory.contradicting, telling) > 1.0 - consistent_share) {
    return Theory::Verdict::inconsistent;
  }
  return share_of(theory.within, theory.networks) >= consistent_share ? Theory::Verdict::consistent
                                                                      : Theory::Verdict::too_early;
}

/// Returns the law of the optimiser's registry entry as a text.
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

}  // namespace

std::string_view verdict_text(Theory::Verdict verdict) {
  switch (verdict) {
    case Theory::Verdict::consistent:
      return "consistent";
    case Theory::Verdict::inconsistent:
      return "not consistent";
    case Theory::Verdict::too_early:
      return "too early to tell";
    case Theory::Verdict::too_few:
      return "too few to tell";
    case Theory::Verdict::unknown:
      break;
  }
  return "not known";
}

Theory theory_of(const Cell& cell, const HorizonTally& tally, double horizon) {
  const Problem problem = cell.problem();
  const OptimizerFacts facts = facts_of(problem.method);
  // The registry's constants are those of the points +1 and -1; in general each network has its own, by a longer
  // formula.
  const bool plain_data = problem.has_orthogonal_points() && problem.rate_positive == problem.rate_negative &&
                          problem.optimal_margin == 1.0;
  Theory theory;
  theory.law = law_text(facts.law);
  theory.constant = plain_data ? facts.constant : "";
  theory.source = facts.source;
  theory.power_law = facts.law == ExpectedLaw::inverse_power;
  if (facts.law == ExpectedLaw::none) return theory;
  if (std::isnan(late_growth(problem))) {
    return not_known(theory, "steps so long make the points' weights swing without end");
  }
  const double limit = limiting_gap(problem);
  if (limit > 0.0) {
    theory.law =
        fmt::format("gap -> {:.4g}, margin -> {:.4g} of the largest possible", limit, limiting_margin_ratio(problem));
    theory.constant = "";
    theory.source = "norms differ, and each neuron grows along its own point";
    theory.measure = "median of |gap - limit| / limit";
    theory.expected = 0.0;
    theory.measured = tally.excess.quantiles().median() / limit;
  } else {
    theory.measure = "median of C / C in theory";
    theory.expected = 1.0;
    theory.measured = tally.fit.back().constant_ratio.quantiles().median();
  }
  theory.within = count_of(tally, LawCheck::agrees);
  theory.contradicting = count_of(tally, LawCheck::contradicts);
  theory.networks = theory.within + theory.contradicting + count_of(tally, LawCheck::too_early);
  theory.told_from_log10_t = tally.log10_t_of_law.quantiles().q95();
  theory.verdict = verdict_on(theory, tally, horizon);
  return theory;
}

}  // namespace logmargin
