// What --config names: read as TOML, then as JSON, by sweep and by replay.

#include "host/cli/config/configuration.hpp"

#include "tests/fuzz/support/answers.hpp"
#include "tests/fuzz/support/asked_run.hpp"
#include "tests/fuzz/support/input.hpp"
#include "tests/fuzz/support/scratch_file.hpp"

using namespace logmargin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::ScratchFile toml(".toml");
  static const fuzz::ScratchFile json(".json");
  for (const fuzz::ScratchFile* file : {&toml, &json}) {
    file->write(fuzz::text_of(data, size));
    // Most inputs are refused here, before a command line costs its time.
    if (!fuzz::is_taken([&] { Configuration(file->path(), command_spec("sweep")); })) continue;
    fuzz::is_taken([&] { fuzz::ask_for_run({"sweep", "--config", file->path()}); });
    fuzz::is_taken([&] { fuzz::ask_for_run({"replay", "--theta", "1,0,-1,0", "--config", file->path()}); });
  }
  return 0;
}
