#include "host/command/run_watch.hpp"

#include <fmt/format.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>

namespace logmargin {

std::string progress_text(double done, double total, double seconds) {
  const double fraction = total > 0.0 ? std::clamp(done / total, 0.0, 1.0) : 0.0;
  const double rate = seconds > 0.0 ? done / seconds : 0.0;
  std::string text =
      fmt::format("[{:-<10}] {:3.0f} %  {:.2g} of {:.2g} steps  {:.2g} steps/s",
                  std::string(static_cast<std::size_t>(fraction * 10.0), '#'), 100.0 * fraction, done, total, rate);
  if (rate > 0.0) {
    const double left = (total - done) / rate;
    text += left < 1e5 ? fmt::format("  {:.0f} s left", left) : fmt::format("  {:.2g} d left", left / 86400.0);
  }
  return text;
}

RunWatch::RunWatch(RunControl& control, double total_network_steps, double seconds_between_lines)
    : control_(control),
      total_(total_network_steps),
      seconds_between_lines_(seconds_between_lines),
      start_(std::chrono::steady_clock::now()) {
  sigemptyset(&watched_);
  sigaddset(&watched_, SIGINT);
  sigaddset(&watched_, SIGTERM);
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
    const std::string text = progress_text(control_.network_steps, total_, seconds());
    std::fputs((terminal ? "\r\033[K" + text : "logmargin: " + text + "\n").c_str(), stderr);
    std::fflush(stderr);
    shown = terminal;
  }
  if (shown) fmt::print(stderr, "\r\033[K");
}

}  // namespace logmargin
