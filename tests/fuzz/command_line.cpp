// The words after "logmargin", a line each. A NUL ends a word, as it does on a command line.

#include "host/cli/option_table.hpp"
#include "host/plan/number.hpp"
#include "tests/fuzz/support/answers.hpp"
#include "tests/fuzz/support/asked_run.hpp"
#include "tests/fuzz/support/input.hpp"

using namespace logmargin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<std::string> words = split(fuzz::text_of(data, size), '\n');
  // It could name any file of this machine; configuration.cpp is for what is in one.
  for (const std::string& word : words) {
    if (word.starts_with("--config")) return 0;
  }
  fuzz::is_taken([&] {
    fuzz::require(!help_text(command_spec(words.front())).empty(), "a command has a help text");
    fuzz::ask_for_run(words);
  });
  return 0;
}
