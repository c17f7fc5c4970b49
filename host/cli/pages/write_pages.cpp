#include <fmt/format.h>

#include <string>

#include "host/cli/pages/bash_completion.hpp"
#include "host/cli/pages/man_page.hpp"
#include "host/cli/pages/zsh_completion.hpp"
#include "host/error.hpp"
#include "host/results/folder/atomic_file.hpp"
#include "revision.hpp"

namespace logmargin {

namespace {

void write_page(const std::string& folder, const std::string& name, const std::string& text) {
  AtomicFile file(folder + "/" + name);
  file.write(text);
  file.sync();
  file.commit();
}

}  // namespace

}  // namespace logmargin

/// Writes logmargin.1, logmargin.bash and _logmargin into the folder that is its argument, as part of the build.
int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: {} FOLDER\n", argv[0]);
    return 2;
  }
  try {
    logmargin::write_page(argv[1], "logmargin.1", logmargin::man_page(logmargin::program_version, logmargin::git_date));
    logmargin::write_page(argv[1], "logmargin.bash", logmargin::bash_completion());
    logmargin::write_page(argv[1], "_logmargin", logmargin::zsh_completion());
    return 0;
  } catch (const logmargin::FileError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 3;
  }
}
