#pragma once

#include <chrono>
#include <functional>
#include <thread>

#include "tests/program/folder_bytes.hpp"
#include "tests/program/program.hpp"

namespace logmargin::testing {

/// A sweep in a folder of its own, started again and again with the same command line.
class Attempts {
 public:
  /// The options say what is computed; results go to "out" in the folder.
  explicit Attempts(Arguments options) : options_(std::move(options)) {
    options_.insert(options_.begin(), {"sweep", "--quiet", "--threads", "2", "--out", "out"});
    surroundings_.working_folder = folder_.path();
  }

  /// What an attempt with no more than these options leaves, in another folder.
  std::map<std::string, std::string> uninterrupted() const {
    const Attempts other(options_, 0);
    const Finished finished = other.run();
    if (finished.exit_status != 0) throw std::runtime_error(finished.err);
    return other.results();
  }
  Finished run(const Arguments& how = {}) const { return start(how).wait(); }
  /// One that the signal stops, if it still runs after so long; counted from when it has got to where it should.
  Finished stopped(
      const Arguments& how, int signal, double seconds,
      const std::function<bool()>& has_got_there = [] { return true; }) const {
    RunningProgram program = start(how);
    for (int i = 0; i < 60'000 && !has_got_there(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    program.send(signal);
    return program.wait();
  }

  std::map<std::string, std::string> results() const { return results_below(out()); }
  std::filesystem::path out() const { return folder_ / "out"; }
  std::filesystem::path state() const { return out() / "checkpoint/state.tally"; }
  /// Its files are begun.
  bool runs() const { return std::filesystem::exists(out()) && !names_in(out()).empty(); }
  bool has_checkpoint() const { return std::filesystem::exists(state()); }
  Surroundings& surroundings() { return surroundings_; }

 private:
  Attempts(Arguments whole_line, int) : options_(std::move(whole_line)) {
    surroundings_.working_folder = folder_.path();
  }
  RunningProgram start(const Arguments& how) const {
    return RunningProgram(words_without_pictures(with_options(options_, how)), surroundings_);
  }

  ScratchFolder folder_;
  Arguments options_;
  Surroundings surroundings_;
};

}  // namespace logmargin::testing
