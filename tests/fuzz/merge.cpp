// Files of shards, one after the other; each is read as it is, and with its lengths and checksums made right. Where
// they add up to a run, its report has to be able to read what was written of it.

#include "host/report/report_data.hpp"
#include "host/results/files/cells_csv.hpp"
#include "host/results/files/histograms_csv.hpp"
#include "host/results/files/summary_json.hpp"
#include "host/results/files/trajectory_csv.hpp"
#include "host/results/summarizer.hpp"
#include "host/results/terminal/table.hpp"
#include "host/run/shards.hpp"
#include "tests/fuzz/support/answers.hpp"
#include "tests/fuzz/support/input.hpp"
#include "tests/fuzz/support/tally_bytes_repair.hpp"
#include "tests/host/results/scratch_folder.hpp"
#include "tests/host/results/string_sink.hpp"

using namespace logmargin;

namespace {

/// What merge does, but for the time it takes to publish files safely.
void merge(const std::vector<std::string>& places, const testing::ScratchFolder& scratch) {
  Shards shards(places);
  const Experiment experiment = experiment_of(shards.first());
  const Schedule schedule = make_schedule(experiment.steps, experiment.record);
  const RunFacts facts = shards.facts(experiment);
  testing::StringSink summary_text;
  testing::StringSink cells_text;
  testing::StringSink trajectory_text;
  testing::StringSink histograms_text;
  SummaryJson summary(summary_text, shards.first().head().config, facts, experiment);
  CellsCsv cells(cells_text, experiment);
  TrajectoryCsv trajectory(trajectory_text);
  HistogramsCsv histograms(histograms_text);
  Table table(experiment, schedule);
  Summarizer summarizer(experiment, {&summary, &cells, &trajectory, &histograms, &table});
  shards.add_up(experiment, schedule, summarizer, nullptr, RunControl());
  summary.finish(facts);
  fuzz::require(!table.text().empty(), "a run has a table");
  testing::write_text(scratch / "summary.json", summary_text.text);
  testing::write_text(scratch / "histograms.csv", histograms_text.text);
  try {
    read_report_data(scratch.path());
  } catch (const FileError& error) {
    fuzz::require(false, std::string("a report can be made of a merged run: ") + error.what());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const testing::ScratchFolder scratch;
  constexpr std::size_t most_files = 10;
  std::vector<std::string> files = fuzz::pieces_from(fuzz::text_of(data, size), fuzz::tally_magic);
  if (files.empty() || files.size() > most_files) return 0;
  std::vector<std::string> places;
  for (std::size_t i = 0; i < files.size(); ++i) places.push_back(scratch / std::to_string(i));
  const auto merge_written = [&] {
    for (std::size_t i = 0; i < files.size(); ++i) testing::write_text(places[i], files[i]);
    fuzz::is_taken([&] { merge(places, scratch); });
  };
  merge_written();
  for (std::string& file : files) file = fuzz::file_of(fuzz::parts_of(file));
  merge_written();
  return 0;
}
