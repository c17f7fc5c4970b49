#include "host/python/interruptible.hpp"

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

namespace logmargin::python {

namespace {

/// Finished tells one thread that another is done.
class Finished {
 public:
  void set() {
    // Told under the lock: the waiting thread destroys this as soon as it has heard.
    const std::lock_guard guard(lock_);
    done_ = true;
    changed_.notify_one();
  }
  /// Waits a while, and returns whether it is done.
  bool wait(std::chrono::milliseconds at_most) {
    std::unique_lock guard(lock_);
    return changed_.wait_for(guard, at_most, [this] { return done_; });
  }

 private:
  std::mutex lock_;
  std::condition_variable changed_;
  bool done_ = false;
};

void tell(const RunControl& control, const Progress& progress) {
  if (!progress.tell.is_none()) progress.tell(control.network_steps.load(), progress.all_steps);
}

/// Calls the handlers of signals that have come, and tells the progress.
void look_around(const RunControl& control, const Progress& progress) {
  if (PyErr_CheckSignals() != 0) throw nanobind::python_error();
  tell(control, progress);
}

}  // namespace

void run_interruptibly(RunControl& control, const Progress& progress, const std::function<void()>& work) {
  constexpr std::chrono::milliseconds between_looks{100};
  Finished finished;
  std::exception_ptr failure;
  std::optional<nanobind::python_error> interruption;
  {
    const nanobind::gil_scoped_release unlocked;
    std::thread worker([&] {
      try {
        work();
      } catch (...) {
        failure = std::current_exception();
      }
      finished.set();
    });
    while (!finished.wait(between_looks)) {
      if (control.stop_signal != 0) continue;
      const nanobind::gil_scoped_acquire locked;
      try {
        look_around(control, progress);
      } catch (const nanobind::python_error& error) {
        interruption.emplace(error);
        control.stop_signal = SIGINT;
      }
    }
    worker.join();
  }
  if (interruption) throw nanobind::python_error(*interruption);
  if (failure) std::rethrow_exception(failure);
  tell(control, progress);
}

}  // namespace logmargin::python
