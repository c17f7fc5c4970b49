#include "host/results/files/summary_json.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "host/results/files/columns.hpp"
#include "revision.hpp"

namespace logmargin {

using Json = nlohmann::ordered_json;

Json program_facts() {
  return {{"name", "logmargin"},
          {"version", program_version},
          {"git_revision", git_revision},
          {"git_dirty", git_dirty},
          {"compiler", fmt::format("C++ {}", __VERSION__)}};
}

Json program_json(const RunFacts& facts) {
  Json program = program_facts();
  program["device"] = facts.device;
  program["threads"] = facts.threads;
  return program;
}

Json timing_json(const RunFacts& facts) {
  return {{"seconds", facts.seconds},
          {"network_steps", facts.network_steps},
          {"network_steps_per_s", facts.seconds > 0.0 ? facts.network_steps / facts.seconds : 0.0}};
}

Json stepping_json(const RunFacts& facts, SteppingMode mode) {
  Json stepping = {{"mode", stepping_word(mode)},
                   {"steps_computed", facts.steps_computed},
                   {"steps_leapt", facts.network_steps - facts.steps_computed}};
  if (facts.leap_check.networks > 0) {
    stepping["check"] = {{"networks", facts.leap_check.networks},
                         {"t", facts.leap_check.at_t},
                         {"largest_difference", facts.leap_check.largest_difference}};
  }
  const Sensitivity& sensitivity = facts.leap_check.sensitivity;
  if (sensitivity.networks > 0) {
    stepping["sensitivity"] = {{"networks", sensitivity.networks},
                               {"chaotic", sensitivity.chaotic},
                               {"t", sensitivity.at_t},
                               {"largest_change", sensitivity.largest_change}};
  }
  return stepping;
}

Json quantiles_json(const Quantiles& quantiles) {
  // nlohmann's dump writes null for NaN and infinity.
  Json json = {{"count", quantiles.count}, {"min", quantiles.min}};
  for (std::size_t i = 0; i < quantile_names.size(); ++i) json[std::string(quantile_names[i])] = quantiles.at_level[i];
  json["max"] = quantiles.max;
  json["mean"] = quantiles.mean;
  return json;
}

namespace {

template <class Names, class Counts>
Json counts_json(const Names& names, const Counts& counts) {
  Json json = Json::object();
  for (std::size_t i = 0; i < counts.size(); ++i) json[std::string(names[i])] = counts[i];
  return json;
}

Json theory_json(const Theory& theory) {
  Json consistent;
  if (theory.verdict == Theory::Verdict::consistent) consistent = true;
  if (theory.verdict == Theory::Verdict::inconsistent) consistent = false;
  return {{"law", theory.law},
          {"constant", theory.constant},
          {"source", theory.source},
          {"measure", theory.measure},
          {"expected", theory.expected},
          {"measured", theory.measured},
          {"power_law", theory.power_law},
          {"tolerance", theory_tolerance},
          {"networks", theory.networks},
          {"within_tolerance", theory.within},
          {"contradicting", theory.contradicting},
          {"told_from_log10_t", theory.told_from_log10_t},
          {"verdict", verdict_text(theory.verdict)},
          {"consistent", consistent}};
}

/// Returns the object's members without its braces.
std::string members(const Json& object) {
  // A path need not be UTF-8; JSON must be.
  const std::string text = object.dump(-1, ' ', false, Json::error_handler_t::replace);
  return text.substr(1, text.size() - 2);
}

}  // namespace

SummaryJson::SummaryJson(TextSink& sink, const Json& config, const RunFacts& facts, const Experiment& experiment)
    : sink_(sink), experiment_(experiment) {
  const Json head = {{"schema", summary_schema}, {"program", program_json(facts)}, {"config", config}};
  sink_.write("{" + members(head) + ",\n\"cells\":[");
}

void SummaryJson::begin_cell(std::size_t index, const Cell& cell) {
  const Json head = {{"init", cell.init},           {"bias", cell.bias},           {"eta", cell.eta},
                     {"optimizer", cell.optimizer}, {"loss", cell.loss},           {"dim", cell.dim},
                     {"data", cell.data.text()},    {"trials", experiment_.trials}};
  sink_.write((index == 0 ? "\n{" : ",\n{") + members(head) + ",\n\"checkpoints\":[");
  first_checkpoint_ = true;
}

void SummaryJson::recorded(const RecordedSummary& summary) {
  Json json = {{"t", summary.t},
               {"log10_t", log10_of_time(summary.t)},
               {"classified", summary.classified},
               {"patterns", summary.has_patterns() ? Json(summary.patterns) : Json()}};
  for (int q = 0; q < RecordedQuantities::quantities; ++q) {
    json[RecordedQuantities::name(q)] = quantiles_json(summary.quantities[static_cast<std::size_t>(q)]);
    if (q == RecordedQuantities::gap) json["gap_ln_t"] = quantiles_json(scaled(summary.gap(), std::log(summary.t)));
  }
  sink_.write((first_checkpoint_ ? "\n" : ",\n") + json.dump());
  first_checkpoint_ = false;
}

void SummaryJson::end_cell(const CellSummary& summary) {
  const FitSummary& fit = summary.fit();
  const Json inverse_log = {{"C", quantiles_json(fit.constant)},
                            {"C_theory", quantiles_json(summary.limiting_constant)},
                            {"ratio", quantiles_json(fit.ratio)},
                            {"r2", quantiles_json(fit.r2)}};
  Json horizons = Json::array();
  for (const FitSummary& at : summary.fits) {
    horizons.push_back({{"t", at.t},
                        {"ratio", quantiles_json(at.ratio)},
                        {"log_exponent", quantiles_json(at.log_exponent)},
                        {"power_exponent", quantiles_json(at.power_exponent)},
                        {"best_fit", counts_json(law_names, at.best_fit)}});
  }
  Json times = Json::object();
  for (const TimeToGapSummary& at : summary.times) {
    Json time = quantiles_json(at.log10_t);
    time["never_above"] = at.never_above;
    time["never_within"] = at.never_within;
    time["not_known"] = at.not_known;
    times[at.threshold.text] = time;
  }
  const std::array<std::string_view, 3> dead_names = {"0", "1", "2"};
  const Json rest = {
      {"outcomes", counts_json(outcome_names, summary.outcome)},
      {"dead_points", counts_json(dead_names, summary.dead_points)},
      {"dip",
       {{"margin_min", quantiles_json(summary.dip_margin)}, {"log10_t_min", quantiles_json(summary.dip_log10_t)}}},
      {"rates",
       {{"inverse_log", inverse_log},
        {"log_exponent", quantiles_json(fit.log_exponent)},
        {"power_exponent", quantiles_json(fit.power_exponent)},
        {"best_fit", counts_json(law_names, fit.best_fit)},
        {"horizons", horizons},
        {"power_law_first_inverse_log_last", summary.power_law_first_inverse_log_last}}},
      {"log10_t_eps", times},
      {"margin_ratio", quantiles_json(summary.margin_ratio)},
      {"gap_limit", summary.limiting_gap},
      {"gap_excess", quantiles_json(summary.gap_excess)},
      {"unresolved_log10_t", quantiles_json(summary.unresolved_log10_t)},
      {"theory", theory_json(summary.theory)}};
  sink_.write("],\n" + members(rest) + "}");
}

void SummaryJson::finish(const RunFacts& facts) {
  sink_.write("\n],\n\"stepping\":" + stepping_json(facts, experiment_.stepping).dump() +
              ",\n\"timing\":" + timing_json(facts).dump() + "}\n");
}

}  // namespace logmargin
