#include "host/commands/bench/bench_start.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "host/engine/speed/timed_rounds.hpp"
#include "host/error.hpp"

namespace logmargin {

namespace {

/// Returns the words with which this process was started, up to the name of its command: the program's name or, where
/// the program is a module of Python, the interpreter's words.
std::vector<std::string> words_before_command() {
  std::vector<std::string> words;
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  for (std::string word; std::getline(file, word, '\0') && word != "bench";) words.push_back(word);
  return words;
}

/// Runs this very program with the words, and discards its stdout and stderr.
void run_self(std::vector<std::string> words) {
  const std::vector<std::string> before = words_before_command();
  words.insert(words.begin(), before.begin(), before.end());
  std::vector<char*> pointers(words.size() + 1);
  std::transform(words.begin(), words.end(), pointers.begin(), [](std::string& word) { return word.data(); });
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  pid_t process = -1;
  const int error = ::posix_spawn(&process, "/proc/self/exe", &actions, nullptr, pointers.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw FileError(fmt::format("/proc/self/exe: cannot be started: {}", std::strerror(error)));
  int status = 0;
  while (::waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) throw FileError(fmt::format("/proc/self/exe: was lost: {}", std::strerror(errno)));
  }
  if (status != 0) throw FileError(fmt::format("/proc/self/exe: ended with wait status {}", status));
}

double median_of_runs(const std::vector<std::string>& words) {
  constexpr int rounds = 9;
  constexpr double most_seconds = 2.0;
  std::vector<double> seconds;
  timed_rounds(rounds, most_seconds, [&] { seconds.push_back(seconds_of([&] { run_self(words); })); });
  const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
  std::nth_element(seconds.begin(), middle, seconds.end());
  return *middle;
}

}  // namespace

StartTimes measure_start(const std::string& device) {
  return {median_of_runs({"--version"}),
          median_of_runs({"sweep", "--trials", "1", "--steps", "1", "--json", "--threads", "1", "--device", device})};
}

}  // namespace logmargin
