#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/plan/stepping.hpp"
#include "host/results/cell_axes.hpp"
#include "host/results/run_facts.hpp"
#include "host/results/writer.hpp"
#include "logmargin/measure/outcome.hpp"

namespace logmargin {

/// Band holds the 5, 25, 50, 75 and 95 % quantiles of a quantity at one t; a quantile is NaN where there is none.
using Band = std::array<double, 5>;
constexpr std::size_t band_median = 2;

/// DrawnTime is what is drawn of one recorded t.
struct DrawnTime {
  double log10_t;  ///< NaN at t = 0
  Band gap, margin, local_log_exponent;
  std::array<double, 16> pattern_share;  ///< of all networks; see summary.json's patterns
};

/// ReportHistogram holds the bars of one quantity of one cell.
struct ReportHistogram {
  std::string quantity;   ///< as histograms.csv names it
  std::string threshold;  ///< of log10_t_eps; else empty
  std::vector<Bar> bars;
};

struct ReportTime {
  std::string threshold;
  std::uint64_t count, never_above, never_within, not_known;
  Band log10_t;
};

/// ReportCell is what a report shows of one cell.
struct ReportCell {
  std::vector<std::string> axis_values;  ///< as axis_names
  std::uint64_t trials = 0;
  std::uint64_t log_exponent_count = 0, ratio_count = 0;  ///< networks in those distributions
  std::array<std::uint64_t, outcomes> outcome{};
  std::array<std::uint64_t, 4> best_fit{};
  Band limiting_constant, constant, ratio, log_exponent, dip_margin, dip_log10_t;
  Band margin_ratio{};         ///< margins at the horizon over the largest possible one
  bool power_law = false;      ///< the limiting constant is that of gap ~ C / t, not of gap ~ C / ln t
  std::string verdict;         ///< as verdict_text has it, or empty where nothing is expected or decided
  std::string theory, source;  ///< what is expected and how it fits, in words; empty in older summaries
  std::vector<ReportTime> times;
  std::vector<DrawnTime> recorded;          ///< empty for cells beyond drawn_cells
  std::vector<ReportHistogram> histograms;  ///< empty for cells beyond drawn_cells
};

/// ReportData is a finished sweep, as far as a report shows it.
// NOLINTNEXTLINE(bugprone-exception-escape): the constructor of JSON may throw
struct ReportData {
  nlohmann::ordered_json program, config, stepping, timing;
  std::vector<ReportCell> cells;
};

inline constexpr std::size_t drawn_cells = 12;  ///< more would make the page unwieldy

/// ReportCollector collects what a report shows, as a run goes.
class ReportCollector final : public Writer {
 public:
  explicit ReportCollector(double horizon) : horizon_(horizon) {}
  bool wants(double t) const override;
  void recorded(const RecordedSummary& summary) override;
  void end_cell(const CellSummary& summary) override;

  /// Returns the collected cells, together with what summary.json says of the run, which must be as it stands there.
  ReportData data(const nlohmann::ordered_json& config, const RunFacts& facts, SteppingMode mode) &&;

 private:
  double horizon_;
  std::vector<ReportCell> cells_;
  std::vector<RecordedSummary> recorded_;
};

/// Reads the same from a folder that sweep wrote. Throws FileError that names the file where one is missing, not whole
/// or of another schema.
ReportData read_report_data(const std::filesystem::path& folder);

}  // namespace logmargin
