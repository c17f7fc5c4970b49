#include "tests/kernels/serial_batch.hpp"

#include <map>

#include "kernels/idle_networks.hpp"
#include "kernels/network_kind.hpp"
#include "kernels/path_body.hpp"
#include "kernels/space_network.hpp"
#include "logmargin/time_to_gap.hpp"

namespace logmargin::testing {

template <class Number>
SerialBatch<Number>::SerialBatch(const TrialSource& source, std::uint64_t first_trial, std::size_t count)
    : source_(source),
      problem_(source.problem),
      first_trial_(first_trial),
      count_(count),
      states_(static_cast<std::size_t>(column_counts(problem_).states) * count),
      tracks_(static_cast<std::size_t>(column_counts(problem_).tracks) * count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (problem_.in_space) {
      initialise_network<true>(source, first_trial, view(), i);
    } else {
      initialise_network<false>(source, first_trial, view(), i);
    }
    if constexpr (std::is_same_v<Number, double>) {
      if (!takes_steps(problem_.method)) start_path(problem_, view().state, i);
    }
  }
}

template <class Number>
template <class Shape>
void SerialBatch<Number>::count_value(TallyCounts<Shape>& counts, int quantity, const CountedValue& value) {
  if (!value.counted) return;
  ValueCounts& to = counts.value[static_cast<std::size_t>(quantity)];
  const double number = value_of_key(value.key);
  if (to.count == 0 || number < to.least) to.least = number;
  if (to.count == 0 || number > to.largest) to.largest = number;
  ++to.count;
  for (std::size_t d = 0; d < 3; ++d) {
    to.digits[static_cast<std::size_t>(value.digits.lowest) + d] += value.digits.digit[d];
  }
  const bool listed = value.overflows();
  overflows += listed ? 1 : 0;
  to.bins.emplace_back(listed ? value.bin : bin_of_slot(Shape::window(quantity), value.slot), 1);
}

template <class Number>
template <class Walker>
void SerialBatch<Number>::walk(std::size_t i, const RecordRun& run, std::vector<CheckpointCounts>& counts) {
  const typename Walker::Setting setting(problem_);
  Walker walker{};
  walker.load(view(), i);
  const bool settled = walker.settled(setting);
  settled_recorded += settled ? 1 : 0;
  for (std::size_t r = 0; r < run.records; ++r) {
    walker.advance(setting, run, r, settled);
    const Observation<double> observation = observe_walker(problem_, walker);
    const CountedObservation seen = walker.counted(run, r, observation);
    walker.track(run, r, observation, view(), i);
    ++counts[r].category[static_cast<std::size_t>(seen.pattern)];
    if (seen.classified) ++counts[r].category[CheckpointShape::classified_category];
    for (int q = 0; q < CheckpointShape::quantities; ++q) count_value<CheckpointShape>(counts[r], q, seen.value[q]);
  }
  walker.store(view(), i);
}

template <class Number>
template <class Walker>
void SerialBatch<Number>::walk_anywhere(std::size_t i, const RecordRun& run, std::vector<CheckpointCounts>& counts) {
  if (problem_.in_space) {
    walk<InSpace<Walker>>(i, run, counts);
  } else {
    walk<Walker>(i, run, counts);
  }
}

template <class Number>
void SerialBatch<Number>::advance_under(std::int64_t steps) {
  if constexpr (std::is_same_v<Number, double>) {
    visit_method(problem_.method, [&](auto optimizer, auto loss) {
      for (std::size_t i = 0; i < count_; ++i) {
        advance_under_method<decltype(optimizer), decltype(loss)>(view().state, i, problem_, reached_t_, steps);
      }
    });
  }
}

template <class Number>
void SerialBatch<Number>::advance(std::int64_t steps) {
  if (!problem_.method.plain()) {
    advance_under(steps);
  } else if (problem_.decoupled()) {
    advance_points<2>(steps);
  } else {
    advance_coupled(steps);
  }
  reached_t_ += static_cast<double>(steps);
}

template <class Number>
void SerialBatch<Number>::follow(double t) {
  if constexpr (std::is_same_v<Number, double>) {
    visit_method_that<false>(problem_.method, [&](auto optimizer, auto loss) {
      using Optimizer = decltype(optimizer);
      using OfLoss = decltype(loss);
      for (std::size_t i = 0; i < count_; ++i) {
        if (problem_.decoupled()) {
          follow_path<Optimizer, OfLoss, false>(problem_, view().state, i, t);
        } else {
          follow_path<Optimizer, OfLoss, true>(problem_, view().state, i, t);
        }
      }
    });
  }
  reached_t_ = t;
}

template <class Number>
template <class Times>
void SerialBatch<Number>::count_times_as(const Thresholds& thresholds, std::vector<TallyCounts<TimeShape>>& tallies) {
  for (std::size_t i = 0; i < count_; ++i) {
    if (!has_times_to_gap<Times>(source_, view(), i)) continue;
    double log10_t[Thresholds::most];
    Times::find(source_, first_trial_ + i, thresholds, log10_t);
    for (std::size_t k = 0; k < thresholds.count; ++k) {
      TallyCounts<TimeShape>& tally = tallies[tallies.size() - thresholds.count + k];
      const CountedValue time = counted_time(log10_t[k]);
      if (!time.counted) ++tally.category[static_cast<std::size_t>(time_category(log10_t[k]))];
      count_value<TimeShape>(tally, 0, time);
    }
  }
}

template <class Number>
void SerialBatch<Number>::count_times(const Thresholds& thresholds, std::vector<TallyCounts<TimeShape>>& tallies) {
  if constexpr (std::is_same_v<Number, double>) {
    if (flows()) {
      return problem_.in_space ? count_times_as<TimesOf<PathStates, true>>(thresholds, tallies)
                               : count_times_as<TimesOf<PathStates, false>>(thresholds, tallies);
    }
  }
  return problem_.in_space ? count_times_as<TimesOf<PlainStates, true>>(thresholds, tallies)
                           : count_times_as<TimesOf<PlainStates, false>>(thresholds, tallies);
}

template <class Number>
FinishedNetwork SerialBatch<Number>::finished_network(const CountedFit& fit, std::size_t i) {
  if constexpr (std::is_same_v<Number, double>) {
    if (flows()) return finish_network<PathStates>(source_, reached_t_, fit, view(), i);
    if (!problem_.method.plain()) return finish_network<MethodStates>(source_, reached_t_, fit, view(), i);
  }
  return finish_network<PlainStates>(source_, reached_t_, fit, view(), i);
}

template <class Number>
TallyCounts<HorizonShape> SerialBatch<Number>::finish_fit(const CountedFit& fit) {
  using Shape = HorizonShape;
  TallyCounts<Shape> tally;
  for (std::size_t i = 0; i < count_; ++i) {
    const FinishedNetwork finished = finished_network(fit, i);
    ++tally.category[static_cast<std::size_t>(finished.values.outcome)];
    ++tally.category[static_cast<std::size_t>(Shape::first_dead_points + finished.values.dead_points)];
    if (finished.changed_law) ++tally.category[Shape::changed_law];
    const CountedHorizon values = counted_horizon(finished);
    for (int q = 0; q < Shape::quantities; ++q) count_value<Shape>(tally, q, values.value[q]);
    if (!finished.values.converging()) continue;
    ++tally.category[static_cast<std::size_t>(Shape::first_best_fit + static_cast<int>(finished.fit.rates.best))];
    ++tally.category[static_cast<std::size_t>(Shape::first_law + static_cast<int>(finished.law))];
  }
  return tally;
}

template <class Number>
std::vector<CheckpointCounts> SerialBatch<Number>::record(const RecordedGroup& group) {
  std::vector<CheckpointCounts> counts(group.times.size());
  std::vector<RecordedTime> earlier;
  for (const auto& of_fit : group.earlier) earlier.insert(earlier.end(), of_fit.begin(), of_fit.end());
  const RecordRun run = {group.times.data(),        earlier.data(),        static_cast<int>(group.earlier.size()),
                         group.steps_before.data(), group.times.size(),    group.from_t,
                         source_.lockstep_until,    limiting_gap(problem_)};
  std::uint64_t idle = 0;
  for (std::size_t i = 0; i < count_; ++i) {
    const NetworkKind kind = kind_of(network(i));
    if constexpr (std::is_same_v<Number, double>) {
      if (!problem_.method.plain()) {
        walk_anywhere<MethodNetwork>(i, run, counts);
        continue;
      }
      if (source_.leaps()) {
        walk_anywhere<LeapingNetwork>(i, run, counts);
        continue;
      }
    }
    if (!problem_.decoupled()) {
      walk_anywhere<TrackedNetwork<true, Number>>(i, run, counts);
    } else if (kind == NetworkKind::live) {
      walk_anywhere<TrackedNetwork<false, Number>>(i, run, counts);
    } else if (kind == NetworkKind::stuck) {
      walk<StuckNetwork<Number>>(i, run, counts);
      ++stuck_recorded;
    } else {
      ++idle;
    }
  }
  reached_t_ = group.times.back().t;
  idle_recorded += idle;
  if (idle > 0) {
    for (CheckpointCounts& at : counts) add_idle_networks(at, problem_, idle);
  }
  return counts;
}

template <class Number>
HorizonCounts SerialBatch<Number>::finish(std::span<const FitWindow> windows, std::span<const double> thresholds) {
  HorizonCounts counts;
  for (std::size_t fit = 0; fit < windows.size(); ++fit) {
    counts.fit.push_back(
        finish_fit({windows[fit], fit_column(fit, windows.size()), windows[0], fit_column(0, windows.size())}));
  }
  std::map<double, std::uint64_t> dips;
  for (std::size_t i = 0; i < count_; ++i) {
    const FinishedNetwork finished =
        finished_network({windows[0], fit_column(0, windows.size()), windows[0], fit_column(0, windows.size())}, i);
    if (finished.values.converging()) ++dips[finished.dip.t];
  }
  counts.dip_times.assign(dips.begin(), dips.end());
  if (!knows_times_to_gap(problem_)) {
    counts.count_unknown_times(thresholds.size());
    return counts;
  }
  for (std::size_t first = 0; first < thresholds.size(); first += Thresholds::most) {
    Thresholds group = {{}, std::min(Thresholds::most, thresholds.size() - first)};
    std::copy_n(thresholds.begin() + static_cast<std::ptrdiff_t>(first), group.count, group.value);
    counts.threshold.resize(counts.threshold.size() + group.count);
    count_times(group, counts.threshold);
  }
  return counts;
}

template class SerialBatch<double>;
template class SerialBatch<Pair<float>>;

}  // namespace logmargin::testing
