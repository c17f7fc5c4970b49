#pragma once

#include <string>
#include <vector>

#include "host/output/bars.hpp"
#include "host/output/theory.hpp"
#include "host/output/writer.hpp"

namespace logmargin {

/// The table a researcher reads after a sweep, at most 80 columns wide; collected as the run goes, printed at its end.
class Table final : public Writer {
 public:
  /// The plan must outlive the table; the schedule chooses the few t that are shown.
  Table(const Plan& plan, const Schedule& schedule, const BarStyle& style = {});
  void begin_cell(std::size_t index, const Cell& cell) override;
  void checkpoint(double t, const CheckpointTally& tally) override;
  void end_cell(const HorizonTally& tally) override;

  const std::string& text() const { return text_; }

 private:
  const Plan& plan_;
  std::size_t cells_;
  std::size_t index_ = 0;
  Cell cell_{};
  BarStyle style_;
  std::vector<double> shown_t_;
  std::string text_;
};

}  // namespace logmargin
