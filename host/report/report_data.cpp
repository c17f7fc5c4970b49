#include "host/report/report_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>

#include "host/error.hpp"
#include "host/plan/number.hpp"
#include "host/report/histograms_file.hpp"
#include "host/report/summary_lines.hpp"
#include "host/results/files/columns.hpp"
#include "host/results/files/shallow_json.hpp"
#include "host/results/files/summary_json.hpp"
#include "host/results/theory.hpp"

namespace logmargin {

namespace {

using Json = nlohmann::ordered_json;

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
/// More points than these would not be seen apart.
constexpr double points_drawn = 600.0;

double number(const Json& json) { return json.is_null() ? undefined : json.get<double>(); }

Band band(const Json& quantiles) {
  Band result{};
  constexpr std::array<const char*, 5> levels = {"q05", "q25", "q50", "q75", "q95"};
  for (std::size_t i = 0; i < levels.size(); ++i) result[i] = number(quantiles.at(levels[i]));
  return result;
}

DrawnTime drawn_time(const Json& json) {
  DrawnTime seen{};
  seen.log10_t = number(json.at("log10_t"));
  seen.gap = band(json.at("gap"));
  seen.margin = band(json.at("margin"));
  seen.local_log_exponent = band(json.at("local_log_exponent"));
  double total = 0.0;
  const Json& patterns = json.at("patterns");
  for (std::size_t i = 0; i < seen.pattern_share.size(); ++i) {
    seen.pattern_share[i] = patterns.at(i).get<double>();
    total += seen.pattern_share[i];
  }
  for (double& share : seen.pattern_share) share = total > 0.0 ? share / total : 0.0;
  return seen;
}

std::string axis_text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : number_text(value.get<double>());
}

/// A count that older summaries do not have.
std::uint64_t count_if_any(const Json& json, const std::string& name) {
  return json.contains(name) ? count_of(json.at(name)) : 0;
}

std::string verdict_of(const Json& theory) {
  if (theory.contains("verdict")) {
    const auto verdict = theory.at("verdict").get<std::string>();
    return verdict == verdict_text(Theory::Verdict::unknown) ? std::string() : verdict;
  }
  const Json& consistent = theory.at("consistent");
  if (consistent.is_null()) return {};
  return consistent.get<bool>() ? "consistent" : "not consistent";
}

std::string theory_words(const Json& theory) {
  std::string words = "Expected: " + theory.at("law").get<std::string>();
  const std::string constant = theory.at("constant").get<std::string>();
  const std::string measure = theory.at("measure").get<std::string>();
  if (!constant.empty()) words += ", C = " + constant;
  if (measure.empty()) return words + ".";
  const std::string verdict = verdict_of(theory);
  const double measured = number(theory.at("measured"));
  words +=
      fmt::format(". Measured: {} is {}, {:.4g} expected", measure,
                  std::isfinite(measured) ? fmt::format("{:.4g}", measured) : "unknown", number(theory.at("expected")));
  if (theory.contains("within_tolerance")) {
    words += fmt::format("; {} of {} networks are within {:.0f} %", count_of(theory.at("within_tolerance")),
                         count_of(theory.at("networks")), 100.0 * theory.at("tolerance").get<double>());
  }
  words += fmt::format(": {}.", verdict.empty() ? "not decided" : verdict);
  const double told_from = theory.contains("told_from_log10_t") ? number(theory.at("told_from_log10_t")) : undefined;
  if (verdict == verdict_text(Theory::Verdict::too_early) && std::isfinite(told_from)) {
    words += fmt::format(" 95 % of the networks can tell from t = 10^{:.4g} on.", told_from);
  }
  return words;
}

ReportCell report_cell(const Json& json) {
  ReportCell cell{};
  for (const auto name : axis_names) cell.axis_values.push_back(axis_text(json.at(std::string(name))));
  cell.trials = count_of(json.at("trials"));
  for (std::size_t i = 0; i < cell.outcome.size(); ++i) {
    cell.outcome[i] = count_if_any(json.at("outcomes"), std::string(outcome_names[i]));
  }
  const Json& rates = json.at("rates");
  for (std::size_t i = 0; i < cell.best_fit.size(); ++i) {
    cell.best_fit[i] = count_of(rates.at("best_fit").at(std::string(law_names[i])));
  }
  const Json& inverse_log = rates.at("inverse_log");
  cell.constant = band(inverse_log.at("C"));
  cell.limiting_constant = band(inverse_log.at("C_theory"));
  cell.ratio = band(inverse_log.at("ratio"));
  cell.ratio_count = count_of(inverse_log.at("ratio").at("count"));
  cell.log_exponent = band(rates.at("log_exponent"));
  cell.log_exponent_count = count_of(rates.at("log_exponent").at("count"));
  cell.dip_margin = band(json.at("dip").at("margin_min"));
  cell.dip_log10_t = band(json.at("dip").at("log10_t_min"));
  if (json.contains("theory")) {
    const Json& theory = json.at("theory");
    cell.theory = theory_words(theory);
    cell.source = theory.at("source").get<std::string>();
    cell.verdict = verdict_of(theory);
    cell.power_law = theory.at("power_law").get<bool>();
    // The constant is that of a line in ln t, which this law is not.
    if (cell.power_law) cell.constant.fill(undefined);
    cell.margin_ratio = band(json.at("margin_ratio"));
  }
  for (const auto& [threshold, time] : json.at("log10_t_eps").items()) {
    cell.times.push_back({threshold, count_of(time.at("count")), count_of(time.at("never_above")),
                          count_if_any(time, "never_within"), count_if_any(time, "not_known"), band(time)});
  }
  return cell;
}

/// Takes the cells out of the document as they end, so that memory does not grow with recorded t.
class CellTaker {
 public:
  explicit CellTaker(std::vector<ReportCell>& cells) : cells_(cells) {}

  /// Whether the next recorded t of the cell at hand is drawn.
  bool wants(double t, double log10_t) const {
    if (cells_.size() >= drawn_cells) return false;
    const double last = recorded_.empty() ? undefined : recorded_.back().log10_t;
    // The dip is early, however far the horizon.
    const double shown = log10_t < 6.0 ? 6.0 : std::log10(std::max(steps_, 10.0));
    return !(log10_t - last < shown / points_drawn) || t >= steps_;
  }

  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    if (event != Json::parse_event_t::object_end) return true;
    constexpr int of_member = 1, of_cell = 2, of_checkpoint = 4;
    if (depth == of_member && parsed.contains("record")) steps_ = parsed.at("steps").get<double>();
    if (depth == of_checkpoint && parsed.contains("patterns")) {
      if (wants(parsed.at("t").get<double>(), number(parsed.at("log10_t")))) recorded_.push_back(drawn_time(parsed));
      return false;
    }
    if (depth == of_cell && parsed.contains("outcomes")) {
      cells_.push_back(report_cell(parsed));
      require_same_thresholds();
      cells_.back().recorded = std::move(recorded_);
      recorded_.clear();
      return false;
    }
    return true;
  }

 private:
  /// Pictures and tables go by those of the first cell.
  void require_same_thresholds() const {
    const auto same = [](const ReportTime& a, const ReportTime& b) { return a.threshold == b.threshold; };
    const std::vector<ReportTime>& first = cells_.front().times;
    const std::vector<ReportTime>& last = cells_.back().times;
    if (!std::equal(first.begin(), first.end(), last.begin(), last.end(), same)) {
      throw UnexpectedJson("its cells differ in their thresholds");
    }
  }

  std::vector<ReportCell>& cells_;
  std::vector<DrawnTime> recorded_;
  double steps_ = 0.0;
};

}  // namespace

ReportData read_report_data(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "summary.json";
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw FileError(fmt::format("'{}' cannot be read: {}", file.string(), std::strerror(errno)));
  const auto fail = [&](const std::exception& error) {
    throw FileError(fmt::format("'{}' is not a whole summary of a sweep: {}", file.string(), error.what()));
  };
  ReportData data;
  try {
    CellTaker taker(data.cells);
    SummaryLines lines(stream, [&](double t, double log10_t) { return taker.wants(t, log10_t); });
    std::istream text(&lines);
    const Json summary = Json::parse(
        text, shallow([&](int depth, Json::parse_event_t event, Json& parsed) { return taker(depth, event, parsed); }));
    if (summary.at("schema") != summary_schema) {
      throw FileError(fmt::format("'{}' has the schema {}; {} is understood", file.string(),
                                  summary.at("schema").dump(), summary_schema));
    }
    data.program = summary.at("program");
    data.config = summary.at("config");
    data.stepping = summary.at("stepping");
    data.timing = summary.at("timing");
  } catch (const UnexpectedJson& error) {
    fail(error);
  } catch (const Json::exception& error) {
    fail(error);
  }
  if (data.cells.empty()) throw FileError(fmt::format("'{}' holds no cell", file.string()));
  read_histograms(folder / "histograms.csv", data.cells);
  return data;
}

}  // namespace logmargin
