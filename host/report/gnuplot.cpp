#include "host/report/gnuplot.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "host/error.hpp"

namespace logmargin {

namespace {

/// The settings of a process to be, freed with it.
class SpawnSettings {
 public:
  explicit SpawnSettings(const std::filesystem::path& folder) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions_, 1, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions_, 2, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
    // A group of its own, so that what it starts ends with it; signals that this program keeps for itself reach it.
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
  const SpawnSettings settings(folder);
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
    return {false, fmt::format("gnuplot failed with status {}", WEXITSTATUS(status)), true};
  }
  return {true, {}};
}

}  // namespace logmargin
