#pragma once

#include <vector>

#include "host/results/writer.hpp"
#include "host/tally/tally_sink.hpp"

namespace logmargin {

/// Summarizer turns the tallies of whole cells into summaries, each once, and gives every writer the same ones.
class Summarizer final : public TallySink {
 public:
  /// What is referred to must outlive the summarizer.
  Summarizer(const Experiment& experiment, std::vector<Writer*> writers)
      : experiment_(experiment), writers_(std::move(writers)) {}

  void begin_cell(std::size_t index) override;
  void recorded(double t, const RecordedTally& tally) override;
  void end_cell(const HorizonTally& tally) override;

 private:
  const Experiment& experiment_;
  std::vector<Writer*> writers_;
  std::size_t index_ = 0;
  Cell cell_;
};

}  // namespace logmargin
