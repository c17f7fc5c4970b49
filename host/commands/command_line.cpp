#include "host/commands/command_line.hpp"

#include <fmt/format.h>
#include <sysexits.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <nlohmann/json.hpp>

#include "host/cli/option_table.hpp"
#include "host/cli/parsed_options.hpp"
#include "host/cli/standard_streams.hpp"
#include "host/commands/bench/bench.hpp"
#include "host/commands/compare.hpp"
#include "host/commands/devices.hpp"
#include "host/commands/merge.hpp"
#include "host/commands/replay.hpp"
#include "host/commands/report.hpp"
#include "host/commands/sweep.hpp"
#include "host/error.hpp"
#include "host/plan/number.hpp"
#include "host/results/files/summary_json.hpp"
#include "host/run/mpi/mpi_job.hpp"
#include "host/run/mpi/rank_member.hpp"
#include "host/run/mpi/worker_loop.hpp"

namespace logmargin {

namespace {

void print_version() {
  const auto facts = program_facts();
  fmt::print("logmargin {} ({}{})\n", facts["version"].get<std::string>(), facts["git_revision"].get<std::string>(),
             facts["git_dirty"].get<bool>() ? ", with local changes" : "");
}

void require_one_process(const CommandSpec& command, const RankMember& member) {
  if (member.alone() || command.name == "sweep") return;
  throw UsageError(fmt::format("{} is done by one process; mpirun -n {} is not allowed, only sweep is shared by ranks",
                               command.name, member.link().count()));
}

/// Returns whether --help is on the line, up to the end of its options; help is shown then, whatever else is there.
bool asks_for_help(int argc, const char* const* argv) {
  const auto end = std::find(argv + 1, argv + argc, std::string_view("--"));
  return std::any_of(argv + 1, end, [](std::string_view word) { return word == "--help" || word == "-h"; });
}

void run_command(const CommandSpec& command, int argc, const char* const* argv, RankMember& member) {
  if (asks_for_help(argc, argv)) {
    fmt::print("{}", help_text(command));
    return;
  }
  require_one_process(command, member);
  const ParsedOptions options(command, argc, argv);
  try {
    if (command.name == "sweep") sweep_command(options, member);
    if (command.name == "merge") merge_command(options);
    if (command.name == "replay") replay_command(options);
    if (command.name == "bench") bench_command(options);
    if (command.name == "report") report_command(options);
    if (command.name == "compare") compare_command(options);
    if (command.name == "devices") devices_command(options);
  } catch (const OptionError& error) {
    throw UsageError(options.complaint(error));
  }
}

/// Throws UsageError for words after argv[most - 1], which is the last word that the answer looks at.
void require_no_more(int argc, const char* const* argv, int most, std::string_view allowed) {
  if (argc > most) reject(argv[1], argv[most], allowed);
}

void dispatch(int argc, const char* const* argv, RankMember& member) {
  const std::string_view word = argc > 1 ? argv[1] : "help";
  if (word == "--version") {
    require_no_more(argc, argv, 2, "it stands alone");
    print_version();
  } else if (word == "help" || word == "--help" || word == "-h") {
    require_no_more(argc, argv, 3, "the name of one command is");
    fmt::print("{}", argc > 2 ? help_text(command_spec(argv[2])) : overview_text());
  } else {
    run_command(command_spec(word), argc - 1, argv + 1, member);
  }
  if (std::fflush(stdout) != 0) throw FileError(fmt::format("stdout cannot be written: {}", std::strerror(errno)));
}

/// Ending says how the program ends.
struct Ending {
  int status;
  std::string complaint;
};

template <class Work>
Ending ending_of(const Work& work) {
  try {
    work();
    return {0, {}};
  } catch (const UsageError& error) {
    return {2, error.what()};
  } catch (const FileError& error) {
    return {3, error.what()};
  } catch (const DeviceError& error) {
    return {4, error.what()};
  } catch (const Interrupted& stop) {
    return {128 + stop.signal, stop.what()};
  } catch (const TimeIsUp& stop) {
    return {EX_TEMPFAIL, stop.what()};
  } catch (const std::system_error& error) {
    return {3, error.what()};
  } catch (const std::bad_alloc&) {
    return {3, "out of memory; fewer --trials, recorded t or cells need less"};
  } catch (const std::exception& error) {
    return {1, error.what()};
  }
}

/// Runs a rank above 0. Rank 0 speaks for all: the others show nothing, and tell rank 0 what they cannot do.
void run_beside_rank_0(int argc, const char* const* argv, RankMember& member) {
  const bool sweeps = argc > 1 && std::string_view(argv[1]) == "sweep" && !asks_for_help(argc, argv);
  const Ending ending = ending_of([&] {
    if (std::freopen("/dev/null", "w", stdout) == nullptr) throw FileError("/dev/null cannot be opened");
    if (sweeps) dispatch(argc, argv, member);
  });
  if (ending.status != 0) {
    abort_worker(member, ending.complaint);
  } else if (!sweeps) {
    await_leave(member);
  }
  // Otherwise rank 0 does not hear of this rank either, and ends the job.
  if (member.close()) member.tell_parent(RankMessageKind::bye);
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  reserve_standard_streams();
  Ending ending = {0, {}};
  const Ending job_ending = ending_of([&] {
    MpiJob job;
    RankMember member(job.link());
    if (job.link().rank() > 0) {
      run_beside_rank_0(argc, argv, member);
      return;
    }
    ending = ending_of([&] { dispatch(argc, argv, member); });
    if (ending.status != 0) complain(ending.complaint);
    if (member.close()) return;
    complain("a rank does not answer; the job is ended");
    job.abort(ending.status == 0 ? 1 : ending.status);
  });
  if (job_ending.status != 0) complain(job_ending.complaint);
  return ending.status != 0 ? ending.status : job_ending.status;
}

}  // namespace logmargin
