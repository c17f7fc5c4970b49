#include "host/commands/trial_lists.hpp"

#include <fmt/format.h>

#include "host/error.hpp"
#include "host/results/trials/trials_file.hpp"

namespace logmargin {

namespace {

void require_place_for(std::string_view option, std::string_view name, const ParsedOptions& options) {
  require_trials_file(option, name);
  if (options.given("out")) return;
  throw UsageError(fmt::format("{}: {} is written into the folder of --out DIR, which is missing here", option, name));
}

}  // namespace

void require_place_for_trial_lists(const ParsedOptions& options) {
  if (options.flag("trials-out")) require_place_for("--trials-out", "trials.h5", options);
  if (options.given("trajectories")) require_place_for("--trajectories", "trajectories.h5", options);
}

std::string size_of_trajectories(const PreparedRun& run, const Presentation& presentation, std::uint64_t trials) {
  double bytes_of_row = 0.0;
  for (const TrajectoryColumn column : run.trajectory_columns) bytes_of_row += facts_of(column).whole ? 1.0 : 8.0;
  if (bytes_of_row == 0.0) return {};
  const auto times = static_cast<double>(run.schedule.times().size());
  const auto networks = static_cast<double>(trials);
  const auto cells = static_cast<double>(run.experiment.cell_count());
  const double gigabytes = 1e-9 * bytes_of_row * times * networks * cells;
  const bool small = gigabytes < 1.0;
  std::string text = fmt::format(
      "--trajectories: {:.3g} {} before compression: {:g} networks in {:g} cell{}, {:g} recorded t, {:g} bytes each",
      small ? 1e3 * gigabytes : gigabytes, small ? "MB" : "GB", networks, cells, cells == 1.0 ? "" : "s", times,
      bytes_of_row);
  constexpr double most_gigabytes = 2.0;
  if (gigabytes > most_gigabytes && !presentation.force) {
    throw UsageError(text + "; more than 2 GB is allowed with --force; fewer columns, recorded t or trials need less");
  }
  return text;
}

}  // namespace logmargin
