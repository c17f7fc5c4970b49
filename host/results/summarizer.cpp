#include "host/results/summarizer.hpp"

#include <optional>

namespace logmargin {

void Summarizer::begin_cell(std::size_t index) {
  index_ = index;
  cell_ = experiment_.cell(index);
  for (Writer* writer : writers_) writer->begin_cell(index, cell_);
}

void Summarizer::recorded(double t, const RecordedTally& tally) {
  std::optional<RecordedSummary> summary;
  for (Writer* writer : writers_) {
    if (!writer->wants(t)) continue;
    if (!summary) summary = summary_of(t, tally);
    writer->recorded(*summary);
  }
}

void Summarizer::end_cell(const HorizonTally& tally) {
  if (writers_.empty()) return;
  const CellSummary summary = summary_of(index_, cell_, experiment_, tally);
  for (Writer* writer : writers_) writer->end_cell(summary);
}

}  // namespace logmargin
