#include <fmt/format.h>

#include "host/error.hpp"
#include "host/results/trials/trials_file.hpp"

namespace logmargin {

void require_trials_file(std::string_view option, std::string_view file) {
  throw UsageError(
      fmt::format("{0}: this build cannot write {1}, as HDF5 was not found when it was configured; it is allowed in "
                  "a build with the HDF5 C library (LOGMARGIN_HDF5=ON)",
                  option, file));
}

std::unique_ptr<TrialsFile> make_trials_file(AtomicFile&, const nlohmann::ordered_json&, const Experiment&,
                                             const TrialRows&) {
  require_trials_file("--trials-out", "trials.h5");
  return nullptr;
}

std::unique_ptr<TrialsFile> make_trajectories_file(AtomicFile&, const nlohmann::ordered_json&, const Experiment&,
                                                   const TrialRows&) {
  require_trials_file("--trajectories", "trajectories.h5");
  return nullptr;
}

}  // namespace logmargin
