#include "tests/program/program.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace logmargin::testing {

namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

int memory_file(const char* name) {
  const int descriptor = ::memfd_create(name, MFD_CLOEXEC);
  if (descriptor < 0) throw std::runtime_error("memfd_create failed");
  return descriptor;
}

std::string read_all(int descriptor) {
  ::lseek(descriptor, 0, SEEK_SET);
  std::string text;
  std::array<char, 65536> chunk{};
  for (;;) {
    const ssize_t count = ::read(descriptor, chunk.data(), chunk.size());
    if (count <= 0) return text;
    text.append(chunk.data(), static_cast<std::size_t>(count));
  }
}

/// In the child: never returns. Calls nothing that allocates, as the rules after fork ask.
[[noreturn]] void become(char* const* words, const Surroundings& surroundings, int out, int err) {
  constexpr int cannot_start = 127;
  if (!surroundings.stdout_path.empty()) out = ::open(surroundings.stdout_path.c_str(), O_WRONLY);
  const int no_input = ::open("/dev/null", O_RDONLY);
  if (out < 0 || no_input < 0 || ::dup2(no_input, 0) < 0 || ::dup2(out, 1) < 0 || ::dup2(err, 2) < 0) {
    ::_exit(cannot_start);
  }
  if (::chdir(surroundings.working_folder.c_str()) != 0) ::_exit(cannot_start);
  if (surroundings.largest_file) {
    const rlimit limit = {*surroundings.largest_file, *surroundings.largest_file};
    // Ignored, the signal becomes an error of write.
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0 || std::signal(SIGXFSZ, SIG_IGN) == SIG_ERR) ::_exit(cannot_start);
  }
  ::execv(words[0], words);
  ::_exit(cannot_start);
}

}  // namespace

RunningProgram::RunningProgram(const Arguments& words, const Surroundings& surroundings)
    : out_(memory_file("stdout")), err_(memory_file("stderr")), start_(now()) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  process_ = ::fork();
  if (process_ < 0) throw std::runtime_error("fork failed");
  if (process_ == 0) become(pointers.data(), surroundings, out_, err_);
}

RunningProgram::~RunningProgram() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  ::close(out_);
  ::close(err_);
}

void RunningProgram::send(int signal) const {
  if (::kill(process_, signal) != 0) throw std::runtime_error("kill failed");
}

Finished RunningProgram::wait(double limit_in_seconds) {
#ifdef LOGMARGIN_UNDER_SANITIZERS
  limit_in_seconds *= 4.0;
#endif
  const double deadline = now() + limit_in_seconds;
  int status = 0;
  rusage usage{};
  for (;;) {
    const pid_t ended = ::wait4(process_, &status, WNOHANG, &usage);
    if (ended == process_) break;
    if (ended < 0) throw std::runtime_error("wait4 failed");
    if (now() > deadline) throw std::runtime_error("the program did not end in time");
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  process_ = -1;
  Finished finished;
  if (WIFEXITED(status)) finished.exit_status = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) finished.signal = WTERMSIG(status);
  finished.out = read_all(out_);
  finished.err = read_all(err_);
  finished.peak_memory_kib = usage.ru_maxrss;
  finished.seconds = now() - start_;
  return finished;
}

Arguments logmargin_words(const Arguments& arguments) {
  Arguments words = {LOGMARGIN_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return words;
}

Finished run_logmargin(const Arguments& arguments, const Surroundings& surroundings) {
  return RunningProgram(logmargin_words(arguments), surroundings).wait();
}

Arguments with_options(Arguments line, const Arguments& options) {
  for (const std::string& option : options) {
    const auto at = option.starts_with("--") ? std::find(line.begin(), line.end(), option) : line.end();
    if (at == line.end()) continue;
    const bool has_value = at + 1 != line.end() && !at[1].starts_with("--");
    line.erase(at, at + (has_value ? 2 : 1));
  }
  line.insert(line.end(), options.begin(), options.end());
  return line;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> cpu_devices() {
  std::vector<std::string> devices;
  for (const std::string& line : lines_of(run_logmargin({"devices"}).out)) {
    if (line.starts_with("cpu:")) devices.push_back(line.substr(0, line.find(' ')));
  }
  return devices;
}

}  // namespace logmargin::testing
