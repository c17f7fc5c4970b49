#include "host/error.hpp"
#include "host/results/trials/trials_file.hpp"

namespace logmargin {

void require_trials_file() {
  throw UsageError(
      "--trials-out: this build cannot write trials.h5, as HDF5 was not found when it was configured; it is allowed in "
      "a build with the HDF5 C library (LOGMARGIN_HDF5=ON)");
}

std::unique_ptr<TrialsFile> make_trials_file(AtomicFile&, const nlohmann::ordered_json&, const Experiment&,
                                             const Schedule&) {
  require_trials_file();
  return nullptr;
}

}  // namespace logmargin
