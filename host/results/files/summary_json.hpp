#pragma once

#include <nlohmann/json_fwd.hpp>

#include "host/results/folder/atomic_file.hpp"
#include "host/results/run_facts.hpp"
#include "host/results/writer.hpp"

namespace logmargin {

inline constexpr std::string_view summary_schema = "logmargin.summary/1";

/// Returns what this build is: version, git revision, whether the tree was dirty, compiler.
nlohmann::ordered_json program_facts();

/// These functions return what summary.json says of a run under "program", "stepping" and "timing".
nlohmann::ordered_json program_json(const RunFacts& facts);
nlohmann::ordered_json stepping_json(const RunFacts& facts, SteppingMode mode);
nlohmann::ordered_json timing_json(const RunFacts& facts);

/// Returns {"count","min","q01",...,"max","mean"}, with null where a number is undefined.
nlohmann::ordered_json quantiles_json(const Quantiles& quantiles);

/// SummaryJson writes summary.json, schema "logmargin.summary/1". It is streamed so that memory does not grow with
/// recorded t or cells.
class SummaryJson final : public Writer {
 public:
  SummaryJson(TextSink& sink, const nlohmann::ordered_json& config, const RunFacts& facts,
              const Experiment& experiment);
  void begin_cell(std::size_t index, const Cell& cell) override;
  bool wants(double) const override { return true; }
  void recorded(const RecordedSummary& summary) override;
  void end_cell(const CellSummary& summary) override;
  /// Closes the document with the run's timing.
  void finish(const RunFacts& facts);

 private:
  TextSink& sink_;
  const Experiment& experiment_;
  bool first_checkpoint_ = true;
};

}  // namespace logmargin
