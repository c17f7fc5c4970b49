#pragma once

#include <string>
#include <vector>

#include "host/results/terminal/bars.hpp"
#include "host/results/writer.hpp"

namespace logmargin {

/// Table is the table that a researcher reads after a sweep, at most 80 columns wide. It is collected as the run goes,
/// and printed at its end.
class Table final : public Writer {
 public:
  /// The schedule chooses the few t that are shown.
  Table(const Experiment& experiment, const Schedule& schedule, const BarStyle& style = {});
  void begin_cell(std::size_t index, const Cell& cell) override;
  bool wants(double t) const override;
  void recorded(const RecordedSummary& summary) override;
  void end_cell(const CellSummary& summary) override;

  const std::string& text() const { return text_; }

 private:
  std::size_t cells_;
  BarStyle style_;
  std::vector<double> shown_t_;
  std::string text_;
};

}  // namespace logmargin
