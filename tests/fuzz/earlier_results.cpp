// A summary.json that sweep --resume finds, of which the beginning tells whose results they are; and the same as the
// file of a shard.

#include "host/cli/experiment_options.hpp"
#include "host/results/files/summary_json.hpp"
#include "host/run/saved/earlier_run.hpp"
#include "tests/fuzz/support/answers.hpp"
#include "tests/fuzz/support/input.hpp"
#include "tests/host/results/scratch_folder.hpp"

using namespace logmargin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const testing::ScratchFolder scratch;
  static const TallyFileHead head = [] {
    const char* const word = "sweep";
    const ParsedOptions options(command_spec(word), 1, &word);
    return TallyFileHead{TallyFileKind::shard,
                         program_facts(),
                         config_json(read_experiment(options), read_presentation(options)),
                         {},
                         "cpu",
                         1};
  }();
  const std::string text(fuzz::text_of(data, size));
  for (const std::string name : {"summary.json", "shard-0-of-1.tally"}) {
    testing::write_text(scratch / name, text);
    fuzz::is_taken([&] { complete_already(scratch.path(), {name}, head, false); });
    fuzz::is_taken([&] { complete_already(scratch.path(), {name}, head, true); });
    std::filesystem::remove(scratch / name);
  }
  return 0;
}
