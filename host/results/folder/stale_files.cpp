#include "host/results/folder/stale_files.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <vector>

#include "host/plan/number.hpp"
#include "host/results/folder/atomic_file.hpp"

namespace logmargin {

namespace files = std::filesystem;

bool is_leftover(std::string_view name) {
  const auto written = name_of_stale_file(name);
  if (!written) return false;
  // ".NAME.PROCESS.ATTEMPT.partial"
  const std::string_view numbers = name.substr(written->size() + 2);
  const auto process = parse_unsigned(numbers.substr(0, numbers.find('.')));
  constexpr std::uint64_t most_processes = 1U << 22U;
  if (!process || *process == 0 || *process > most_processes) return true;
  const auto number = static_cast<pid_t>(*process);
  return number == ::getpid() || (::kill(number, 0) != 0 && errno == ESRCH);
}

void remove_stale_files(const files::path& folder) {
  std::error_code error;
  std::vector<files::path> stale_files;
  for (const auto& entry : files::directory_iterator(folder, error)) {
    if (is_leftover(entry.path().filename().string())) stale_files.push_back(entry.path());
  }
  for (const files::path& stale_file : stale_files) files::remove_all(stale_file, error);
}

}  // namespace logmargin
