#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <thread>

#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/program.hpp"

namespace logmargin::testing::terminal_test {
namespace {

/// A short sweep with variables of the environment set, NAME=VALUE each.
Arguments sweep_in(const Arguments& environment) {
  Arguments words = {"/usr/bin/env", "-u", "NO_COLOR", "-u", "LC_CTYPE", "-u", "LANG"};
  words.insert(words.end(), environment.begin(), environment.end());
  words.insert(words.end(), {LOGMARGIN_PROGRAM, "sweep", "--trials", "200", "--steps", "1e3", "--device", "cpu"});
  return words;
}

/// What the words print on a terminal.
std::string on_terminal(const Arguments& words) {
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0 || ::grantpt(terminal) != 0 || ::unlockpt(terminal) != 0) return "no terminal";
  Surroundings surroundings;
  surroundings.stdout_path = ::ptsname(terminal);
  // Held open, so that reading does not end before the program has begun.
  const int own_end = ::open(surroundings.stdout_path.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  std::string text;
  std::thread reader([&] {
    std::array<char, 4096> chunk{};
    for (;;) {
      const ssize_t count = ::read(terminal, chunk.data(), chunk.size());
      if (count <= 0) return;
      text.append(chunk.data(), static_cast<std::size_t>(count));
    }
  });
  const Finished finished = RunningProgram(words, surroundings).wait();
  ::close(own_end);
  reader.join();
  ::close(terminal);
  EXPECT_EQ(finished.exit_status, 0) << finished.err;
  return text;
}

bool has_escape(const std::string& text) { return text.find('\033') != std::string::npos; }
bool has_block(const std::string& text) { return text.find("█") != std::string::npos; }
bool is_ascii(const std::string& text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80U) return false;
  }
  return true;
}

/// What a run of two seconds says on a terminal of so many columns.
std::string progress_on(unsigned short columns) {
  const ScratchFolder scratch;
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0 || ::grantpt(terminal) != 0 || ::unlockpt(terminal) != 0) return "no terminal";
  const std::string name = ::ptsname(terminal);
  const int own_end = ::open(name.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  const winsize size = {24, columns, 0, 0};
  ::ioctl(terminal, TIOCSWINSZ, &size);
  const Arguments words = {"/bin/sh",
                           "-c",
                           "exec \"$0\" \"$@\" 2>" + name,
                           LOGMARGIN_PROGRAM,
                           "sweep",
                           "--stepping",
                           "lockstep",
                           "--trials",
                           "1e5",
                           "--steps",
                           "1e9",
                           "--max-time",
                           "2",
                           "--out",
                           (scratch / "out").string()};
  EXPECT_EQ(RunningProgram(words).wait().exit_status, 75);
  std::array<char, 65536> text{};
  const ssize_t count = ::read(terminal, text.data(), text.size());
  ::close(own_end);
  ::close(terminal);
  return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
}

TEST(Terminal, ProgressFitsIntoALine) {
  for (const unsigned short columns : std::array<unsigned short, 3>{20, 40, 80}) {
    std::string text = progress_on(columns);
    text = text.substr(0, text.find("logmargin: "));
    EXPECT_NE(text.find(" %"), std::string::npos) << text;
    const std::string clear = "\r\033[K";
    std::size_t line = text.find(clear);
    while (line != std::string::npos) {
      line += clear.size();
      const std::size_t next = text.find(clear, line);
      EXPECT_LT(std::min(next, text.size()) - line, columns) << text;
      line = next;
    }
  }
}

TEST(Terminal, BarsInAPipeHaveNoEscapeCodes) {
  const Finished finished = RunningProgram(sweep_in({"LC_ALL=C.UTF-8", "TERM=xterm"})).wait();
  EXPECT_TRUE(has_block(finished.out));
  EXPECT_FALSE(has_escape(finished.out));
  for (const std::string& line : lines_of(finished.out)) {
    std::size_t columns = 0;
    for (const char c : line) columns += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
    EXPECT_LE(columns, 80U) << line;
  }
}

TEST(Terminal, BarsArePlainAsciiElsewhereThanInUtf8) {
  for (const Arguments& environment : {Arguments{"LC_ALL=C"}, {"LC_ALL=POSIX"}, {"LC_ALL=no_such_locale"}, {}}) {
    const Finished finished = RunningProgram(sweep_in(environment)).wait();
    EXPECT_TRUE(is_ascii(finished.out));
    EXPECT_NE(finished.out.find(" %  ####"), std::string::npos);
  }
}

TEST(Terminal, BarsHaveColourOnATerminalUnlessUnwanted) {
  EXPECT_TRUE(has_escape(on_terminal(sweep_in({"LC_ALL=C.UTF-8", "TERM=xterm"}))));
  EXPECT_TRUE(has_escape(on_terminal(sweep_in({"LC_ALL=C", "TERM=xterm", "NO_COLOR="}))));
  for (const Arguments& environment :
       {Arguments{"LC_ALL=C.UTF-8", "TERM=xterm", "NO_COLOR=1"}, {"LC_ALL=C.UTF-8", "TERM=dumb"}}) {
    const std::string text = on_terminal(sweep_in(environment));
    EXPECT_TRUE(has_block(text)) << text;
    EXPECT_FALSE(has_escape(text)) << text;
  }
}

}  // namespace
}  // namespace logmargin::testing::terminal_test
