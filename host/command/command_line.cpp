#include "host/command/command_line.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <new>
#include <nlohmann/json.hpp>

#include "host/command/bench.hpp"
#include "host/command/devices.hpp"
#include "host/command/option_table.hpp"
#include "host/command/parsed_options.hpp"
#include "host/command/replay.hpp"
#include "host/command/report.hpp"
#include "host/command/sweep.hpp"
#include "host/error.hpp"
#include "host/output/summary_json.hpp"
#include "host/plan/number.hpp"

namespace logmargin {

namespace {

void print_version() {
  const auto facts = program_facts();
  fmt::print("logmargin {} ({}{})\n", facts["version"].get<std::string>(), facts["git_revision"].get<std::string>(),
             facts["git_dirty"].get<bool>() ? ", with local changes" : "");
}

void run_command(const CommandSpec& command, int argc, const char* const* argv) {
  // --help answers whatever else is on the line.
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--help" || std::string_view(argv[i]) == "-h") {
      fmt::print("{}", help_text(command));
      return;
    }
  }
  const ParsedOptions options(command, argc, argv);
  try {
    if (command.name == "sweep") sweep_command(options);
    if (command.name == "replay") replay_command(options);
    if (command.name == "bench") bench_command(options);
    if (command.name == "report") report_command(options);
    if (command.name == "devices") devices_command(options);
  } catch (const OptionError& error) {
    throw UsageError(options.complaint(error));
  }
}

/// argv[most - 1] is the last word that the answer looks at.
void require_no_more(int argc, const char* const* argv, int most, std::string_view allowed) {
  if (argc > most) reject(argv[1], argv[most], allowed);
}

void dispatch(int argc, const char* const* argv) {
  const std::string_view word = argc > 1 ? argv[1] : "help";
  if (word == "--version") {
    require_no_more(argc, argv, 2, "it stands alone");
    print_version();
  } else if (word == "help" || word == "--help" || word == "-h") {
    require_no_more(argc, argv, 3, "the name of one command is");
    fmt::print("{}", argc > 2 ? help_text(command_spec(argv[2])) : overview_text());
  } else {
    run_command(command_spec(word), argc - 1, argv + 1);
  }
  if (std::fflush(stdout) != 0) throw FileError(fmt::format("stdout cannot be written: {}", std::strerror(errno)));
}

/// One line, whatever was typed.
int complain(std::string_view what, int status) {
  std::string line;
  for (const char c : what) {
    const auto code = static_cast<unsigned char>(c);
    line += code < 0x20 || code == 0x7f ? fmt::format("\\x{:02x}", code) : std::string(1, c);
  }
  fmt::print(stderr, "logmargin: {}\n", line);
  return status;
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  try {
    dispatch(argc, argv);
    return 0;
  } catch (const UsageError& error) {
    return complain(error.what(), 2);
  } catch (const FileError& error) {
    return complain(error.what(), 3);
  } catch (const DeviceError& error) {
    return complain(error.what(), 4);
  } catch (const Interrupted& stop) {
    return complain(stop.what(), 128 + stop.signal);
  } catch (const std::system_error& error) {
    return complain(error.what(), 3);
  } catch (const std::bad_alloc&) {
    return complain("out of memory; fewer --trials, recorded t or cells need less", 3);
  } catch (const std::exception& error) {
    return complain(error.what(), 1);
  }
}

}  // namespace logmargin
