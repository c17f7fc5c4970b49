#pragma once

#include <string>
#include <vector>

#include "host/output/bars.hpp"
#include "host/output/writer.hpp"

namespace logmargin {

/// The table a researcher reads after a sweep, at most 80 columns wide; collected as the run goes, printed at its end.
class Table final : public Writer {
 public:
  /// horizon chooses the few t that are shown.
  Table(std::uint64_t trials, const Schedule& schedule, std::size_t cells, const BarStyle& style = {});
  void begin_cell(std::size_t index, const Cell& cell) override;
  void checkpoint(double t, const CheckpointTally& tally) override;
  void end_cell(const HorizonTally& tally) override;

  const std::string& text() const { return text_; }

 private:
  std::uint64_t trials_;
  std::size_t cells_;
  std::size_t index_ = 0;
  std::vector<double> shown_t_;
  BarStyle style_;
  std::string text_;
};

}  // namespace logmargin
