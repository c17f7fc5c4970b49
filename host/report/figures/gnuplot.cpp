#include "host/report/figures/gnuplot.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "host/error.hpp"
#include "host/plan/number.hpp"

namespace logmargin {

namespace {

constexpr std::size_t most_passed_on = 200;  // characters of a message

/// Complaints holds what a process says of its trouble, in a file in memory, which need not be read while it runs.
class Complaints {
 public:
  Complaints() : descriptor_(::memfd_create("complaints", MFD_CLOEXEC)) {}
  ~Complaints() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Complaints(const Complaints&) = delete;
  Complaints& operator=(const Complaints&) = delete;

  /// Returns the file's descriptor, which is negative where there is none.
  int descriptor() const { return descriptor_; }

  /// Returns the line that says what is wrong. gnuplot repeats the command, marks a place in it, and may warn, before
  /// it says so. The line is therefore that with the place in a script, or else the first.
  std::string line() const {
    std::string text(16384, '\0');
    const ssize_t count = descriptor_ < 0 ? 0 : ::pread(descriptor_, text.data(), text.size(), 0);
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    std::string first;
    for (const std::string& line : split(text, '\n')) {
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      const bool has_place = line.starts_with('"') && line.find(" line ") != std::string::npos;
      if (has_place && line.find("warning:") == std::string::npos) return line;
      if (first.empty()) first = line;
    }
    return first;
  }

 private:
  int descriptor_;
};

/// SpawnSettings holds the settings of a process to be started, and frees them.
class SpawnSettings {
 public:
  SpawnSettings(const std::filesystem::path& folder, const Complaints& complaints) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions_, 1, "/dev/null", O_WRONLY, 0);
    if (complaints.descriptor() < 0) {
      ::posix_spawn_file_actions_addopen(&actions_, 2, "/dev/null", O_WRONLY, 0);
    } else {
      ::posix_spawn_file_actions_adddup2(&actions_, complaints.descriptor(), 2);
    }
    ::posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
    // The process has a group of its own, so that what it starts ends with it. Signals that this program keeps for
    // itself reach it.
    sigset_t none;
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
  }
  ~SpawnSettings() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

}  // namespace

ToolRun run_gnuplot(const std::filesystem::path& folder, const std::vector<std::string>& scripts,
                    double limit_in_seconds, const std::atomic<int>& stop_signal) {
  std::vector<std::string> words = {"gnuplot"};
  words.insert(words.end(), scripts.begin(), scripts.end());
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const Complaints complaints;
  const SpawnSettings settings(folder, complaints);
  pid_t process = -1;
  const int error =
      ::posix_spawnp(&process, "gnuplot", settings.actions(), settings.attributes(), pointers.data(), environ);
  if (error == ENOENT) return {false, "gnuplot is not installed (Debian: gnuplot-nox)"};
  if (error != 0) return {false, fmt::format("gnuplot cannot be started: {}", std::strerror(error))};
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::duration<double>(limit_in_seconds);
  int status = 0;
  for (;;) {
    const pid_t ended = ::waitpid(process, &status, WNOHANG);
    if (ended == process) break;
    if (ended < 0 && errno != EINTR) return {false, fmt::format("gnuplot was lost: {}", std::strerror(errno))};
    const int stop = stop_signal;
    const bool late = std::chrono::steady_clock::now() > deadline;
    if (late || stop != 0) {
      ::kill(-process, SIGKILL);
      ::waitpid(process, &status, 0);
      if (stop != 0) throw Interrupted(stop);
      return {false, fmt::format("gnuplot did not end within {:g} s", limit_in_seconds)};
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  if (WIFSIGNALED(status)) return {false, fmt::format("gnuplot was ended by signal {}", WTERMSIG(status))};
  if (WEXITSTATUS(status) != 0) {
    const std::string line = complaints.line().substr(0, most_passed_on);
    return {false,
            fmt::format("gnuplot failed with status {}{}{}", WEXITSTATUS(status), line.empty() ? "" : ": ", line),
            true};
  }
  return {true, {}};
}

}  // namespace logmargin
