#include "host/cli/long_run_options.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "host/cli/duration.hpp"
#include "host/error.hpp"

namespace logmargin {

LongRun read_long_run(const ParsedOptions& options) {
  LongRun run;
  if (options.given("checkpoint-every")) {
    run.checkpoint_every = parse_duration("--checkpoint-every", options.text("checkpoint-every"));
  }
  if (options.given("max-time")) run.max_time = parse_duration("--max-time", options.text("max-time"));
  run.resume = options.flag("resume");
  if (options.given("shard")) {
    run.shard = parse_shard(options.text("shard"), [](const char* name) -> std::optional<std::string> {
      const char* value = std::getenv(name);
      return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    });
  }
  for (const char* name : {"checkpoint-every", "max-time", "resume", "shard"}) {
    const bool asked = std::string_view(name) == "resume" ? run.resume : options.given(name);
    if (asked && !options.given("out")) {
      throw UsageError(fmt::format("--{}: it needs --out DIR, the folder to keep what has been computed", name));
    }
  }
  if (run.shard && options.flag("json")) {
    throw UsageError("--json: with --shard there is no summary yet; logmargin merge --json prints that of all shards");
  }
  return run;
}

}  // namespace logmargin
