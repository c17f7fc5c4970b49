#include "host/run/run_watch.hpp"

#include <fmt/format.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "host/cli/standard_streams.hpp"

namespace logmargin {

namespace {

/// A batch system, or a terminal that is gone, sends these signals; nohup and the like keep them away.
constexpr std::array<int, 4> signals_unless_ignored = {SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU};

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

/// Returns the width of the terminal that stderr is. It asks each time anew, as the window may change.
std::size_t terminal_columns() {
  winsize size{};
  constexpr std::size_t usual = 80;
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual;
}

}  // namespace

std::string progress_text(double done, double total, double seconds, std::size_t columns) {
  const double fraction = total > 0.0 ? std::clamp(done / total, 0.0, 1.0) : 0.0;
  const double rate = seconds > 0.0 ? done / seconds : 0.0;
  const std::string share = fmt::format("{:3.0f} %", 100.0 * fraction);
  const std::string bar =
      fmt::format("[{:-<10}] {}", std::string(static_cast<std::size_t>(fraction * 10.0), '#'), share);
  const std::string steps = fmt::format("  {:.2g} of {:.2g} steps", done, total);
  const std::string speed = fmt::format("  {:.2g} steps/s", rate);
  std::string left;
  if (rate > 0.0) {
    const double more = (total - done) / rate;
    left = more < 1e5 ? fmt::format("  {:.0f} s left", more) : fmt::format("  {:.2g} d left", more / 86400.0);
  }
  // The pieces that are wanted most are left out last.
  using Pieces = std::vector<std::string_view>;
  for (const Pieces& pieces : {Pieces{bar, steps, speed, left}, {bar, steps, left}, {bar, left}, {bar}, {share}}) {
    std::string text;
    for (const std::string_view piece : pieces) text += piece;
    if (text.size() < columns) return text;
  }
  return {};
}

RunWatch::RunWatch(RunControl& control, double total_network_steps, double seconds_between_lines)
    : control_(control),
      total_(total_network_steps),
      seconds_between_lines_(seconds_between_lines),
      start_(std::chrono::steady_clock::now()) {
  sigemptyset(&watched_);
  sigaddset(&watched_, SIGINT);
  sigaddset(&watched_, SIGTERM);
  for (const int signal : signals_unless_ignored) {
    if (!is_ignored(signal)) sigaddset(&watched_, signal);
  }
  // Threads made from here on inherit the mask: the watching one alone takes the signals.
  pthread_sigmask(SIG_BLOCK, &watched_, &previous_);
  thread_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

RunWatch::~RunWatch() {
  thread_.request_stop();
  thread_.join();
  pthread_sigmask(SIG_SETMASK, &previous_, nullptr);
}

double RunWatch::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void RunWatch::watch(const std::stop_token& stop) {
  const bool terminal = ::isatty(STDERR_FILENO) != 0;
  const double interval = terminal ? 0.2 : seconds_between_lines_;
  bool shown = false;
  const timespec pause = {0, 10'000'000};
  double next_show = terminal ? 1.0 : interval;
  while (!stop.stop_requested()) {
    const int signal = sigtimedwait(&watched_, nullptr, &pause);
    if (signal > 0) control_.stop_signal = signal;
    if (control_.stop_signal == 0 && seconds() >= stop_after_) control_.stop_signal = time_is_up;
    if (total_ <= 0.0 || seconds() < next_show) continue;
    next_show = seconds() + interval;
    if (terminal) {
      say_on_stderr("\r\033[K" + progress_text(control_.network_steps, total_, seconds(), terminal_columns()));
    } else {
      say_on_stderr("logmargin: " + progress_text(control_.network_steps, total_, seconds()) + "\n");
    }
    shown = terminal;
  }
  if (shown) say_on_stderr("\r\033[K");
}

}  // namespace logmargin
