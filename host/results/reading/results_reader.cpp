#include "host/results/reading/results_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "host/error.hpp"
#include "host/plan/number.hpp"
#include "host/results/files/columns.hpp"
#include "host/results/files/summary_json.hpp"
#include "host/results/reading/bars_reader.hpp"
#include "host/results/reading/shallow_json.hpp"
#include "host/results/reading/summary_lines.hpp"

namespace logmargin {

namespace {

using Json = nlohmann::ordered_json;

constexpr double undefined = Quantiles::none;

double number(const Json& json) { return json.is_null() ? undefined : json.get<double>(); }

double number_if_any(const Json& json, const char* name) {
  return json.contains(name) ? number(json[name]) : undefined;
}

/// Returns a count that older summaries do not have, or 0 where it is missing.
std::uint64_t count_if_any(const Json& json, const std::string& name) {
  return json.contains(name) ? count_of(json.at(name)) : 0;
}

Quantiles quantiles_of(const Json& json) {
  Quantiles quantiles;
  quantiles.count = count_of(json.at("count"));
  quantiles.min = number_if_any(json, "min");
  quantiles.max = number_if_any(json, "max");
  quantiles.mean = number_if_any(json, "mean");
  for (std::size_t i = 0; i < quantile_names.size(); ++i) {
    quantiles.at_level[i] = number(json.at(std::string(quantile_names[i])));
  }
  return quantiles;
}

Quantiles quantiles_if_any(const Json& json, const char* name) {
  return json.contains(name) ? quantiles_of(json[name]) : Quantiles();
}

RecordedSummary recorded_summary(const Json& json) {
  RecordedSummary summary = {json.at("t").get<double>()};
  summary.classified = count_of(json.at("classified"));
  const Json& patterns = json.at("patterns");
  for (std::size_t i = 0; i < (patterns.is_null() ? 0 : summary.patterns.size()); ++i)
    summary.patterns[i] = count_of(patterns.at(i));
  for (int q = 0; q < RecordedQuantities::quantities; ++q) {
    summary.quantities[static_cast<std::size_t>(q)] = quantiles_of(json.at(RecordedQuantities::name(q)));
  }
  return summary;
}

Cell cell_of(const Json& json) {
  Cell cell;
  cell.init = json.at("init").get<std::string>();
  cell.bias = json.at("bias").get<std::string>();
  cell.eta = json.at("eta").get<double>();
  cell.optimizer = json.at("optimizer").get<std::string>();
  cell.loss = json.at("loss").get<std::string>();
  cell.dim = static_cast<std::int64_t>(count_of(json.at("dim"), static_cast<std::uint64_t>(most_dimensions)));
  try {
    cell.data = parse_data_pair(json.at("data").get<std::string>());
  } catch (const UsageError& error) {
    throw UnexpectedJson(error.what());
  }
  return cell;
}

template <class Counts>
void read_best_fits(const Json& json, Counts& counts) {
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = count_of(json.at(std::string(law_names[i])));
}

std::vector<FitSummary> fits_of(const Json& rates, double horizon) {
  std::vector<FitSummary> fits;
  if (rates.contains("horizons")) {
    for (const Json& at : rates["horizons"]) {
      FitSummary fit = {number(at.at("t")),
                        {},
                        quantiles_of(at.at("ratio")),
                        {},
                        quantiles_of(at.at("log_exponent")),
                        quantiles_of(at.at("power_exponent"))};
      read_best_fits(at.at("best_fit"), fit.best_fit);
      fits.push_back(fit);
    }
  }
  // The last of them is the run's own, for which summary.json states all there is, beside the horizons.
  if (fits.empty()) fits.emplace_back();
  FitSummary& own = fits.back();
  const Json& inverse_log = rates.at("inverse_log");
  own.t = horizon;
  own.constant = quantiles_of(inverse_log.at("C"));
  own.ratio = quantiles_of(inverse_log.at("ratio"));
  own.r2 = quantiles_if_any(inverse_log, "r2");
  own.log_exponent = quantiles_of(rates.at("log_exponent"));
  own.power_exponent = quantiles_if_any(rates, "power_exponent");
  read_best_fits(rates.at("best_fit"), own.best_fit);
  return fits;
}

Theory::Verdict verdict_of(const Json& theory) {
  using Verdict = Theory::Verdict;
  if (theory.contains("verdict")) {
    const auto text = theory["verdict"].get<std::string>();
    for (const Verdict verdict : {Verdict::consistent, Verdict::inconsistent, Verdict::too_early, Verdict::too_few}) {
      if (text == verdict_text(verdict)) return verdict;
    }
    return Verdict::unknown;
  }
  const Json& consistent = theory.at("consistent");
  if (consistent.is_null()) return Verdict::unknown;
  return consistent.get<bool>() ? Verdict::consistent : Verdict::inconsistent;
}

Theory theory_of(const Json& json) {
  Theory theory;
  theory.law = json.at("law").get<std::string>();
  theory.constant = json.at("constant").get<std::string>();
  theory.source = json.at("source").get<std::string>();
  theory.measure = json.at("measure").get<std::string>();
  theory.expected = number(json.at("expected"));
  theory.measured = number(json.at("measured"));
  theory.networks = count_if_any(json, "networks");
  theory.within = count_if_any(json, "within_tolerance");
  theory.contradicting = count_if_any(json, "contradicting");
  theory.told_from_log10_t = number_if_any(json, "told_from_log10_t");
  theory.verdict = verdict_of(json);
  theory.power_law = json.at("power_law").get<bool>();
  return theory;
}

CellSummary cell_summary(std::size_t index, const Json& json, double horizon) {
  CellSummary summary;
  summary.index = index;
  summary.cell = cell_of(json);
  summary.trials = count_of(json.at("trials"));
  summary.horizon = horizon;
  for (std::size_t i = 0; i < summary.outcome.size(); ++i) {
    summary.outcome[i] = count_if_any(json.at("outcomes"), std::string(outcome_names[i]));
  }
  if (json.contains("dead_points")) {
    for (std::size_t i = 0; i < summary.dead_points.size(); ++i) {
      summary.dead_points[i] = count_if_any(json["dead_points"], std::to_string(i));
    }
  }
  summary.dip_margin = quantiles_of(json.at("dip").at("margin_min"));
  summary.dip_log10_t = quantiles_of(json.at("dip").at("log10_t_min"));
  const Json& rates = json.at("rates");
  summary.limiting_constant = quantiles_of(rates.at("inverse_log").at("C_theory"));
  summary.margin_ratio = quantiles_if_any(json, "margin_ratio");
  summary.limiting_gap = number_if_any(json, "gap_limit");
  summary.gap_excess = quantiles_if_any(json, "gap_excess");
  summary.fits = fits_of(rates, horizon);
  summary.power_law_first_inverse_log_last = count_if_any(rates, "power_law_first_inverse_log_last");
  for (const auto& [text, time] : json.at("log10_t_eps").items()) {
    summary.times.push_back({parse_threshold(text).value_or(Threshold{text, undefined}),
                             quantiles_of(time),
                             count_of(time.at("never_above")),
                             count_if_any(time, "never_within"),
                             count_if_any(time, "not_known"),
                             {}});
  }
  if (json.contains("theory")) summary.theory = theory_of(json["theory"]);
  summary.unresolved_log10_t = quantiles_if_any(json, "unresolved_log10_t");
  return summary;
}

/// CellTaker takes the cells out of the document as they end, so that memory does not grow with recorded t that are not
/// wanted.
class CellTaker {
 public:
  CellTaker(std::vector<CellResults>& cells, const WantedTimes& wanted) : cells_(cells), wanted_(wanted) {}

  /// Returns whether the next recorded t of the current cell is wanted.
  bool wants(double t) const {
    return wanted_(cells_.size(), recorded_.empty() ? undefined : recorded_.back().t, t, horizon_);
  }

  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    if (event != Json::parse_event_t::object_end) return true;
    constexpr int of_member = 1, of_cell = 2, of_recorded = 4;
    if (depth == of_member && parsed.contains("record")) horizon_ = parsed.at("steps").get<double>();
    if (depth == of_recorded && parsed.contains("patterns")) {
      if (wants(parsed.at("t").get<double>())) recorded_.push_back(recorded_summary(parsed));
      return false;
    }
    if (depth == of_cell && parsed.contains("outcomes")) {
      cells_.push_back({std::move(recorded_), cell_summary(cells_.size(), parsed, horizon_)});
      recorded_.clear();
      require_same_thresholds();
      return false;
    }
    return true;
  }

 private:
  /// Throws UnexpectedJson unless the cells have the same thresholds: pictures and tables use those of the first cell.
  void require_same_thresholds() const {
    const auto same = [](const TimeToGapSummary& a, const TimeToGapSummary& b) {
      return a.threshold.text == b.threshold.text;
    };
    const std::vector<TimeToGapSummary>& first = cells_.front().summary.times;
    const std::vector<TimeToGapSummary>& last = cells_.back().summary.times;
    if (!std::equal(first.begin(), first.end(), last.begin(), last.end(), same)) {
      throw UnexpectedJson("its cells differ in their thresholds");
    }
  }

  std::vector<CellResults>& cells_;
  const WantedTimes& wanted_;
  std::vector<RecordedSummary> recorded_;
  double horizon_ = 0.0;
};

}  // namespace

ReadResults read_results(const std::filesystem::path& folder, const WantedTimes& wanted, std::size_t cells_with_bars) {
  const std::filesystem::path file = folder / "summary.json";
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw FileError(fmt::format("'{}' cannot be read: {}", file.string(), std::strerror(errno)));
  const auto fail = [&](const std::exception& error) {
    throw FileError(fmt::format("'{}' is not a whole summary of a sweep: {}", file.string(), error.what()));
  };
  ReadResults results;
  try {
    CellTaker taker(results.cells, wanted);
    SummaryLines lines(stream, [&](double t) { return taker.wants(t); });
    std::istream text(&lines);
    const Json summary = Json::parse(
        text, shallow([&](int depth, Json::parse_event_t event, Json& parsed) { return taker(depth, event, parsed); }));
    if (summary.at("schema") != summary_schema) {
      throw FileError(fmt::format("'{}' has the schema {}; {} is understood", file.string(),
                                  summary.at("schema").dump(), summary_schema));
    }
    results.program = summary.at("program");
    results.config = summary.at("config");
    results.stepping = summary.at("stepping");
    results.timing = summary.at("timing");
  } catch (const UnexpectedJson& error) {
    fail(error);
  } catch (const Json::exception& error) {
    fail(error);
  }
  if (results.cells.empty()) throw FileError(fmt::format("'{}' holds no cell", file.string()));
  read_bars(folder / "histograms.csv", results.cells, cells_with_bars);
  return results;
}

}  // namespace logmargin
