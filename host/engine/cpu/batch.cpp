#include "host/engine/cpu/batch.hpp"

#include <algorithm>
#include <limits>
#include <type_traits>
#include <utility>

#include "host/engine/cell_networks.hpp"
#include "host/engine/times_to_gap.hpp"
#include "host/engine/trials/trajectory_value.hpp"

namespace logmargin {

InitialNetworks initial_networks(const SimdDispatchTable& kernels, const CellRun& cell, std::uint64_t first,
                                 std::size_t count) {
  InitialNetworks initial = room_for_networks(cell.problem, count);
  if (cell.weights != nullptr) {
    const std::vector<SpatialStart> starts = trial_starts(cell, first, count);
    for (std::size_t i = 0; i < count; ++i) initial.put(i, cell.problem, starts[i]);
    return initial;
  }
  kernels.single.initialise(cell.problem, cell.laws, cell.directions.axes(), cell.seed, first, count,
                            initial.networks.data(), initial.orthogonal.empty() ? nullptr : initial.orthogonal.data());
  return initial;
}

template <class Number>
std::size_t BatchOf<Number>::bytes_per_network(const Problem& problem) {
  const std::size_t state = with_lockstep_stepper<Number>(
      problem, []<class Stepper>(std::type_identity<Stepper>) { return sizeof(Stepper); });
  // Orthogonal components are kept as they were at first, and as they are.
  const std::size_t orthogonal =
      2 * sizeof(OrthogonalComponent<double>) * room_for_networks(problem, 1).orthogonal.size();
  return state + orthogonal +
         sizeof(double) * (network_columns + phase_columns + dip_columns + 1 + fit_columns + unresolved_columns);
}

template <class Number>
BatchOf<Number>::BatchOf(const Problem& problem, const Stepping& stepping, InitialNetworks initial, std::size_t fits)
    : problem_(problem),
      initial_(std::move(initial)),
      trajectories_(problem, stepping, initial_.networks, initial_.orthogonal),
      dips_(dip_columns, trajectories_.padded_count()),
      previous_ln_gap_(1, trajectories_.padded_count()),
      orthogonal_(initial_.orthogonal.empty() ? 0 : orthogonal_columns, trajectories_.padded_count()) {
  put_orthogonal_components();
  for (std::size_t fit = 0; fit < fits; ++fit) sums_.emplace_back(fit_columns, trajectories_.padded_count());
  for (std::size_t i = 0; i < trajectories_.count(); ++i) put_record(no_dip<double>(), dips_.view(), i);
  std::fill_n(previous_ln_gap_.column(0), trajectories_.padded_count(), std::numeric_limits<double>::quiet_NaN());
}

template <class Number>
void BatchOf<Number>::put_orthogonal_components() {
  for (std::size_t i = 0; i < initial_.orthogonal.size(); ++i) {
    put_record(trajectories_.orthogonal_scale(i) * initial_.orthogonal[i], orthogonal_.view(), i);
  }
}

template <class Number>
void BatchOf<Number>::advance(const SimdDispatchTable& kernels, const Schedule& schedule, std::size_t r,
                              Scratch& scratch, RunControl& control) {
  trajectories_.advance(kernels, schedule.times()[r].t, scratch, control);
}

template <class Number>
ColumnsView BatchOf<Number>::states_to_observe(Scratch& scratch) {
  const ColumnsOf<Number> state = trajectories_.state();
  if constexpr (std::is_same_v<Number, double>) {
    return state;
  } else {
    const ColumnsView widened = scratch.widened.view();
    for (int c = 0; c < network_columns; ++c) {
      std::transform(state.column(c), state.column(c) + trajectories_.padded_count(), widened.column(c),
                     [](const Number& number) { return widen(number); });
    }
    return widened;
  }
}

template <class Number>
void BatchOf<Number>::observe(const SimdDispatchTable& kernels, const Schedule& schedule, std::size_t r,
                              Scratch& scratch) {
  const ObservationView seen = observation_view(scratch.observation);
  const std::size_t padded_count = trajectories_.padded_count();
  const ColumnsView states = states_to_observe(scratch);
  if (initial_.orthogonal.empty()) {
    kernels.observe(problem_, states, padded_count, schedule.times()[r], dips_.view(), previous_ln_gap_.column(0),
                    seen);
  } else {
    if (facts_of(problem_.method).orthogonal_scale_column >= 0) put_orthogonal_components();
    kernels.observe_in_space(problem_, states, orthogonal_.view(), padded_count, schedule.times()[r], dips_.view(),
                             previous_ln_gap_.column(0), seen);
  }
  for (std::size_t fit = 0; fit < sums_.size(); ++fit) {
    const RecordedTime& time = schedule.fits[fit].times[r];
    if (time.in_fit_window) kernels.add_to_fits(seen.excess_gap, padded_count, time, sums_[fit].view());
  }
}

template <class Number>
void BatchOf<Number>::tally(Scratch& scratch, const Statistics& statistics, RecordedTally& tally) const {
  const ObservationView seen = observation_view(scratch.observation);
  const std::size_t networks = trajectories_.count();
  const ColumnsView of_classified = scratch.of_classified.view();
  if (statistics.chosen[Statistics::pattern]) {
    for (std::size_t i = 0; i < networks; ++i) ++tally.patterns[static_cast<std::size_t>(seen.pattern[i])];
  }
  std::size_t classified = 0;
  for (std::size_t i = 0; i < networks; ++i) {
    for (int q = 0; q < RecordedQuantities::quantities; ++q) {
      of_classified.column(q)[classified] = seen.quantity[q][i];
    }
    classified += seen.classified[i] != 0.0 ? 1 : 0;
  }
  tally.classified += classified;
  for (int q = 0; q < RecordedQuantities::quantities; ++q) {
    const auto place = static_cast<std::size_t>(q);
    if (!statistics.chosen[place]) continue;
    Distribution& distribution = tally.*recorded_distributions[place];
    if (RecordedQuantities::of_classified(q)) {
      distribution.add_all({of_classified.column(q), classified});
    } else {
      distribution.add_all({seen.quantity[q], networks});
    }
  }
}

template <class Number>
void BatchOf<Number>::add_rows(Scratch& scratch, const TrajectoryColumns& columns, std::vector<double>& rows) {
  const ObservationView seen = observation_view(scratch.observation);
  const std::size_t networks = trajectories_.count();
  const std::size_t before = rows.size();
  rows.resize(before + columns.size() * networks);
  for (std::size_t i = 0; i < networks; ++i) {
    const Network<double> network = widen(trajectories_.network(i));
    const Observation<double> told = as_told(observation_at(seen, i));
    for (std::size_t c = 0; c < columns.size(); ++c) {
      rows[before + c * networks + i] = trajectory_value(columns[c], network, told);
    }
  }
}

template <class Number>
TrialValues BatchOf<Number>::at_horizon(const SimdDispatchTable& kernels, const Schedule& schedule,
                                        const std::vector<double>& thresholds, std::size_t i) {
  const Network<double> last = widen(trajectories_.network(i));
  const Observation<double> seen =
      initial_.orthogonal.empty()
          ? logmargin::observe(problem_, last)
          : logmargin::observe(problem_, last, record_at<OrthogonalComponent<double>>(orthogonal_.view(), i));
  HorizonState state = {problem_,
                        last,
                        seen,
                        trajectories_.outcome(i),
                        trajectories_.unresolved_t(i),
                        record_at<Dip<double>>(dips_.view(), i),
                        {},
                        {}};
  if (state.outcome == Outcome::converging) {
    for (AlignedColumns& sums : sums_) state.sums.push_back(record_at<FitSums<double>>(sums.view(), i));
    state.log10_t_eps = times_to_gap(kernels, problem_, initial_.networks[i], initial_.orthogonal_of(i), thresholds);
  }
  return trial_values(state, schedule);
}

template <class Number>
void BatchOf<Number>::finish(const SimdDispatchTable& kernels, const Schedule& schedule,
                             const std::vector<double>& thresholds, HorizonTally& tally) {
  for (std::size_t i = 0; i < trajectories_.count(); ++i) add(tally, at_horizon(kernels, schedule, thresholds, i));
}

template <class Number>
std::vector<TrialRecord> BatchOf<Number>::finish_with_records(const SimdDispatchTable& kernels,
                                                              const Schedule& schedule, const CellRun& cell,
                                                              std::uint64_t first_trial, Scratch& scratch,
                                                              HorizonTally& tally) {
  const ObservationView seen = observation_view(scratch.observation);
  std::vector<TrialRecord> records;
  records.reserve(trajectories_.count());
  const std::vector<SpatialStart> starts = trial_starts(cell, first_trial, trajectories_.count());
  for (std::size_t i = 0; i < trajectories_.count(); ++i) {
    const Observation<double> told = as_told(observation_at(seen, i));
    records.push_back({first_trial + i, starts[i].on_line, initial_.networks[i], widen(trajectories_.network(i)),
                       told.margin, told.gap, at_horizon(kernels, schedule, cell.thresholds, i)});
    add(tally, records.back().values);
  }
  return records;
}

template class BatchOf<double>;
template class BatchOf<Pair<float>>;

}  // namespace logmargin
