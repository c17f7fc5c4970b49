#pragma once

#include <span>
#include <vector>

#include "kernels/advance_body.hpp"
#include "kernels/device_batch.hpp"
#include "kernels/finish_body.hpp"
#include "kernels/idle_networks.hpp"
#include "kernels/initialise_body.hpp"
#include "kernels/network_kind.hpp"
#include "kernels/path_body.hpp"
#include "kernels/space_network.hpp"
#include "kernels/tally_counts.hpp"

namespace logmargin::testing {

/// What DeviceBatch does, one thread body after the other on the CPU: everything of the kernels but the launch and the
/// counting of warps together.
template <class Number = double>
class SerialBatch {
 public:
  SerialBatch(const TrialSource& source, std::uint64_t first_trial, std::size_t count);

  /// Goes on where another batch of the same networks was saved.
  void restore(const SavedNetworks<Number>& saved) {
    states_ = saved.states;
    tracks_ = saved.tracks;
    reached_t_ = saved.reached_t;
  }
  SavedNetworks<Number> save() const { return {states_, tracks_, reached_t_}; }

  /// The kernels for decoupled data, with so many points in one thread, in warps of one lane or in others.
  template <int InFlight, class AllOfWarp = LoneLane>
  void advance_points(std::int64_t steps, const AllOfWarp& all_of_warp = {}) {
    const PointColumns<Number> points = points_of(view().state, count_, problem_);
    std::vector<std::uint32_t> settled, moving;
    for (std::size_t p = 0; p < 2 * count_; ++p) {
      const PointKind kind = kind_of(points.rate(p), PointState<Number>{points.correct(p), points.wrong(p)});
      if (kind == PointKind::settled) settled.push_back(static_cast<std::uint32_t>(p));
      if (kind == PointKind::moving) moving.push_back(static_cast<std::uint32_t>(p));
    }
    settled_seen += settled.size();
    moving_seen += moving.size();
    const std::size_t settled_threads = (settled.size() + InFlight - 1) / InFlight;
    for (std::size_t thread = 0; thread < settled_threads; ++thread) {
      advance_settled_points<InFlight>(points, settled.data(), settled.size(), thread, settled_threads, steps);
    }
    const std::size_t moving_threads = (moving.size() + InFlight - 1) / InFlight;
    for (std::size_t thread = 0; thread < moving_threads; ++thread) {
      advance_moving_points<InFlight>(points, moving.data(), moving.size(), thread, moving_threads, steps, all_of_warp);
    }
  }

  /// The kernel for coupled data.
  template <class AllOfWarp = LoneLane>
  void advance_coupled(std::int64_t steps, const AllOfWarp& all_of_warp = {}) {
    for (std::size_t i = 0; i < count_; ++i) {
      view().state.store(advance_coupled_network(Rates<Number>(problem_), network(i), steps, all_of_warp), 0, i);
    }
  }

  void advance(std::int64_t steps);

  /// False where a path was given up.
  void follow(double t);

  std::vector<CheckpointCounts> record(const RecordedGroup& group);

  HorizonCounts finish(std::span<const FitWindow> windows, std::span<const double> thresholds);

  bool leaps() const { return source_.leaps(); }
  bool flows() const { return !takes_steps(problem_.method); }
  Network<Number> network(std::size_t i) { return view().state.template load<Network<Number>>(0, i); }

  /// Or else one of the bodies was not met.
  std::size_t settled_seen = 0, moving_seen = 0, overflows = 0;
  std::size_t settled_recorded = 0, stuck_recorded = 0, idle_recorded = 0;

 private:
  NetworkColumns<Number> view() { return {{states_.data(), count_}, {tracks_.data(), count_}}; }

  void advance_under(std::int64_t steps);
  void count_times(const Thresholds& thresholds, std::vector<TallyCounts<TimeShape>>& tallies);
  template <class Times>
  void count_times_as(const Thresholds& thresholds, std::vector<TallyCounts<TimeShape>>& tallies);
  FinishedNetwork finished_network(const CountedFit& fit, std::size_t i);
  TallyCounts<HorizonShape> finish_fit(const CountedFit& fit);
  template <class Walker>
  void walk_anywhere(std::size_t i, const RecordRun& run, std::vector<CheckpointCounts>& counts);
  template <class Walker>
  void walk(std::size_t i, const RecordRun& run, std::vector<CheckpointCounts>& counts);
  template <class Shape>
  void count_value(TallyCounts<Shape>& counts, int quantity, const CountedValue& value);

  TrialSource source_;
  Problem problem_;
  std::uint64_t first_trial_;
  std::size_t count_;
  std::vector<Number> states_;
  std::vector<double> tracks_;
  double reached_t_ = 0.0;
};

extern template class SerialBatch<double>;
extern template class SerialBatch<Pair<float>>;

}  // namespace logmargin::testing
