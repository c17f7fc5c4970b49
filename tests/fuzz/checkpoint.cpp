// The files of a checkpoint, state.tally first; read as they are, and with their lengths and checksums made right. The
// run that is to be continued is the one that state.tally says it is of.

#include "host/results/files/cells_csv.hpp"
#include "host/results/reading/shallow_json.hpp"
#include "host/results/summarizer.hpp"
#include "host/run/saved/checkpoint_folder.hpp"
#include "host/run/shards.hpp"
#include "tests/fuzz/support/answers.hpp"
#include "tests/fuzz/support/input.hpp"
#include "tests/fuzz/support/tally_bytes_repair.hpp"
#include "tests/host/results/scratch_folder.hpp"
#include "tests/host/results/string_sink.hpp"

using namespace logmargin;
using Json = nlohmann::ordered_json;

namespace {

std::span<const std::byte> span_of(const std::string& bytes) { return std::as_bytes(std::span(bytes)); }

/// Writes the files of cells under the names that the state gives them.
void write_files(const std::vector<std::string>& files, const testing::ScratchFolder& scratch,
                 const TallyFileReader& state) {
  std::filesystem::remove_all(scratch / "checkpoint");
  std::filesystem::create_directory(scratch / "checkpoint");
  testing::write_text(scratch / "checkpoint/state.tally", files.front());
  const std::vector<CellsFile>& listed = state.tail().cells_files;
  for (std::size_t i = 0; i < listed.size() && i + 1 < files.size(); ++i) {
    testing::write_text(scratch / ("checkpoint/cells-" + std::to_string(listed[i].first_cell) + ".tally"),
                        files[i + 1]);
  }
}

void resume(const std::vector<std::string>& files, const testing::ScratchFolder& scratch) {
  const TallyFileReader state(span_of(files.front()), "state.tally");
  write_files(files, scratch, state);
  const Experiment experiment = experiment_of(state);
  const Schedule schedule = make_schedule(experiment.steps, experiment.record);
  CheckpointFolder folder(scratch.path(), state.head(), state.head().shard.range_of(experiment.trials), experiment,
                          schedule, nullptr);
  testing::StringSink text;
  CellsCsv writer(text, experiment);
  Summarizer summarizer(experiment, {&writer});
  const SavedRun saved = folder.load(summarizer, nullptr);
  fuzz::require(saved.cells_done <= experiment.cell_count() && saved.trials_done <= experiment.trials,
                "what is done is of the run");
}

/// Made right: also the checksums that a state keeps of its other files.
std::vector<std::string> repaired(std::vector<std::string> files) {
  for (std::string& file : files) file = fuzz::file_of(fuzz::parts_of(file));
  fuzz::TallyParts state = fuzz::parts_of(files.front());
  try {
    Json tail = Json::parse(state.tail, shallow());
    for (std::size_t i = 0; i + 1 < files.size(); ++i) {
      tail.at("cells_files").at(i).at(3) = TallyFileReader(span_of(files[i + 1]), "").checksum();
    }
    state.tail = tail.dump();
  } catch (const std::exception&) {
    // Too far from a checkpoint to be made one.
  }
  files.front() = fuzz::file_of(state);
  return files;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const testing::ScratchFolder scratch;
  constexpr std::size_t most_files = 10;
  const std::vector<std::string> files = fuzz::pieces_from(fuzz::text_of(data, size), fuzz::tally_magic);
  if (files.empty() || files.size() > most_files) return 0;
  fuzz::is_taken([&] { resume(files, scratch); });
  fuzz::is_taken([&] { resume(repaired(files), scratch); });
  return 0;
}
