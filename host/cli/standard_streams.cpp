#include "host/cli/standard_streams.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string>

namespace logmargin {

namespace {

/// BrokenPipesFail makes this thread's writes into a pipe without a reader fail, while it lives, instead of ending the
/// program.
class BrokenPipesFail {
 public:
  BrokenPipesFail() {
    sigemptyset(&broken_pipe_);
    sigaddset(&broken_pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &broken_pipe_, &before_);
  }
  ~BrokenPipesFail() {
    // The signal that a write has raised here is taken back before the thread could receive it.
    const timespec at_once = {0, 0};
    if (!was_pending_) sigtimedwait(&broken_pipe_, nullptr, &at_once);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  BrokenPipesFail(const BrokenPipesFail&) = delete;
  BrokenPipesFail& operator=(const BrokenPipesFail&) = delete;

 private:
  sigset_t broken_pipe_;
  sigset_t before_;
  bool was_pending_;
};

}  // namespace

void reserve_standard_streams() {
  // Streams are taken from the lowest on, as open gives the lowest descriptor that is free.
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) >= 0 || errno != EBADF) continue;
    // It is opened the wrong way round, so that a table printed into a closed stdout is still an error.
    ::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

void say_on_stderr(std::string_view text) {
  const BrokenPipesFail guard;
  while (!text.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void complain(std::string_view what) {
  std::string line;
  for (const char c : what) {
    const auto code = static_cast<unsigned char>(c);
    line += code < 0x20 || code == 0x7f ? fmt::format("\\x{:02x}", code) : std::string(1, c);
  }
  say_on_stderr(fmt::format("logmargin: {}\n", line));
}

}  // namespace logmargin
