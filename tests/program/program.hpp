#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace logmargin::testing {

using Arguments = std::vector<std::string>;

/// Around the program rather than on its command line.
struct Surroundings {
  std::filesystem::path working_folder = ".";
  std::optional<rlim_t> largest_file;  ///< bytes; beyond it a write fails as on a full disk
  std::string stdout_path;             ///< where stdout goes; captured if empty
};

/// What a run left behind.
struct Finished {
  int exit_status = -1;  ///< -1 where a signal ended it
  int signal = 0;        ///< that signal
  std::string out, err;
  long peak_memory_kib = 0;
  double seconds = 0.0;
};

/// A program started without a shell, as another process. Killed when destroyed before wait.
class RunningProgram {
 public:
  /// The first of the words is the program's path.
  explicit RunningProgram(const Arguments& words, const Surroundings& surroundings = {});
  ~RunningProgram();
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  void send(int signal) const;
  /// Waits for the end; kills the program and throws if that takes longer than the limit.
  Finished wait(double limit_in_seconds = 120.0);

 private:
  pid_t process_ = -1;
  int out_ = -1;
  int err_ = -1;
  double start_ = 0.0;
};

/// logmargin with these arguments, from start to end.
Finished run_logmargin(const Arguments& arguments, const Surroundings& surroundings = {});

/// The words that start logmargin with these arguments.
Arguments logmargin_words(const Arguments& arguments);

/// The command line with these options too; one that it has already gets another value, as each may be there once.
Arguments with_options(Arguments line, const Arguments& options);

/// Lines without their line breaks.
std::vector<std::string> lines_of(const std::string& text);

/// The CPU devices that `logmargin devices` lists, such as cpu:avx2.
std::vector<std::string> cpu_devices();

}  // namespace logmargin::testing
