#include "host/commands/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "host/cli/standard_streams.hpp"
#include "host/engine/cell_networks.hpp"
#include "host/engine/cpu/trajectories.hpp"
#include "host/engine/leap_check.hpp"
#include "host/engine/times_to_gap.hpp"
#include "host/input/weights_file.hpp"
#include "logmargin/measure/track.hpp"

namespace logmargin {

namespace {

std::string pattern_text(double pattern) {
  const auto bits = static_cast<unsigned>(pattern);
  std::string text;
  for (unsigned i = 0; i < 4; ++i) text += (bits >> i & 1U) != 0 ? '1' : '0';
  return text;
}

Row make_row(const Problem& problem, double t, const Network<double>& z, const Observation<double>& seen) {
  const Weights theta = weights_of(problem, z);
  return {{t, z.z11, z.z12, z.z21, z.z22, theta.w1, theta.b1, theta.w2, theta.b2, seen.margin, crossing(problem, z)},
          pattern_text(seen.pattern),
          seen.log10_loss,
          seen.gap,
          seen.classified != 0.0};
}

/// Returns a value to the digits that it shares with a twin's, or NaN where it shares none.
double certain_digits(double value, double twin) {
  const double difference = std::abs(value - twin);
  if (!(difference > 0.0)) return value;
  const double digits = std::floor(std::log10(std::abs(value) / difference));
  if (!(digits >= 1.0)) return std::numeric_limits<double>::quiet_NaN();
  // Unlike stod, strtod gives infinity for what is rounded beyond the range of double.
  return std::strtod(fmt::format("{:.{}g}", value, static_cast<int>(std::min(digits, 17.0))).c_str(), nullptr);
}

void keep_certain_digits(Row& row, const Row& twin) {
  for (std::size_t i = 1; i < row.before_pattern.size(); ++i) {
    row.before_pattern[i] = certain_digits(row.before_pattern[i], twin.before_pattern[i]);
  }
  row.log10_loss = certain_digits(row.log10_loss, twin.log10_loss);
  row.gap = certain_digits(row.gap, twin.gap);
}

/// Returns the story with rows at the shown t. Its dip is over all recorded t up to the last of them. Where a twin
/// whose start differs in the last place has gone another way, the digits that both share are kept.
template <class Number>
Story follow(const ReplayPlan& replay, const Schedule& schedule, std::size_t which, RunControl& control) {
  const Problem& problem = replay.cell.problem;
  const Experiment& experiment = replay.experiment;
  const SpatialStart start = replay.start(which);
  const std::vector<double>& shown = replay.shown;
  const Network<double> initial = network_from_weights(problem, start.on_line);
  Story story = {replay.trial(which), start, initial};
  const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
  InitialNetworks both = room_for_networks(problem, 2);
  both.networks = {initial, nudged(initial)};
  for (OrthogonalComponent<double>& component : both.orthogonal) component = start.orthogonal;
  TrajectoriesOf<Number> trajectories(problem, replay.cell.stepping, both.networks, both.orthogonal);
  BatchScratchOf<Number> scratch(2);
  const auto observed = [&](std::size_t i) {
    const Network<double> network = widen(trajectories.network(i));
    return both.orthogonal.empty() ? observe(problem, network)
                                   : observe(problem, network, trajectories.orthogonal_scale(i) * both.orthogonal[i]);
  };
  const bool has_twin = may_amplify(problem, experiment.precision);
  for (const RecordedTime& time : schedule.times()) {
    if (time.t > shown.back()) break;
    trajectories.advance(kernels, time.t, scratch, control);
    story.network = widen(trajectories.network(0));
    const Observation<double> seen = observed(0);
    add(story.dip, time, seen);
    if (has_twin) {
      const double change = relative_change(story.network, widen(trajectories.network(1)));
      story.largest_change = std::max(story.largest_change, change);
      if (change > Sensitivity::most_growth && std::isnan(story.chaotic_from_t)) story.chaotic_from_t = time.t;
    }
    if (!std::binary_search(shown.begin(), shown.end(), time.t)) continue;
    story.rows.push_back(make_row(problem, time.t, story.network, as_told(seen)));
    if (!std::isnan(story.chaotic_from_t)) {
      keep_certain_digits(story.rows.back(),
                          make_row(problem, time.t, widen(trajectories.network(1)), as_told(observed(1))));
    }
  }
  story.outcome = trajectories.outcome(0);
  story.unresolved_t = trajectories.unresolved_t(0);
  if (story.outcome == Outcome::converging) {
    story.log10_t_eps =
        times_to_gap(kernels, problem, initial, both.orthogonal_of(0), experiment.threshold_values(problem));
  }
  return story;
}

/// Returns the recorded t of the experiment up to the last shown one, and the shown ones.
Schedule with_shown_times(const Experiment& experiment, const std::vector<double>& shown) {
  const double horizon = std::max(1.0, shown.back());
  RecordRule rule{RecordRule::Kind::list, 0.0, shown};
  RecordRule own = experiment.record;
  std::erase_if(own.listed, [&](double t) { return t > horizon; });
  for (const double t : recorded_times(horizon, own)) rule.listed.push_back(t);
  return make_schedule(horizon, rule);
}

}  // namespace

void follow_all(const ReplayPlan& replay, RunControl& control, const std::function<void(const Story&)>& take) {
  const Schedule schedule = with_shown_times(replay.experiment, replay.shown);
  const auto follow_in = replay.experiment.precision == Precision::mixed ? follow<Pair<float>> : follow<double>;
  for (std::size_t which = 0; which < replay.networks(); ++which) {
    control.throw_if_stop_requested();
    take(follow_in(replay, schedule, which, control));
  }
}

void replay_command(const ParsedOptions& options) {
  const ReplayPlan replay = read_replay(options, open_weights);
  StoryTexts texts(replay, options.text("format") == "json", options.flag("explain"));
  fmt::print("{}", texts.begin());
  RunControl control;
  follow_all(replay, control, [&](const Story& story) {
    for (const std::string& note : notes_of(story)) complain(note);
    fmt::print("{}", texts.text_of(story));
  });
  fmt::print("{}", texts.end());
}

}  // namespace logmargin
