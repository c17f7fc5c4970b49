#include <gtest/gtest.h>

#include "host/engine/cpu/batch.hpp"
#include "host/engine/cuda/cuda_engine.hpp"
#include "host/engine/reference_engine.hpp"
#include "kernels/batch/idle_networks.hpp"
#include "kernels/device/advance_body.hpp"
#include "kernels/device/finish_body.hpp"
#include "kernels/device/path_body.hpp"
#include "kernels/device/record_body.hpp"
#include "kernels/runtime/network_kind.hpp"
#include "tests/support/engine_cases.hpp"
#include "tests/support/hostile_networks.hpp"

namespace logmargin::network_bodies_test {
namespace {

using testing::EngineCase;

/// What the kernels do with each network of a cell, one after the other on the CPU: all of them but the launches and
/// the counting of warps together.
template <class Stepper, class Geometry>
class Bodies {
  using Number = typename Stepper::Number;
  static constexpr bool multi_dimensional = std::is_same_v<Geometry, NetworkInRd>;

 public:
  Bodies(const CellRun& cell, const Schedule& schedule)
      : cell_(cell),
        schedule_(schedule),
        source_{cell.problem, cell.laws.weight, cell.laws.bias, cell.seed, cell.stepping, cell.directions.axes()},
        count_(static_cast<std::size_t>(cell.trials)) {
    const ColumnCounts columns = column_counts<Number>(cell.problem, cell.stepping);
    states_.resize(static_cast<std::size_t>(columns.states) * count_);
    tracks_.resize(static_cast<std::size_t>(columns.tracks) * count_);
    for (const Fit& fit : schedule.fits) windows_.push_back(fit.window);
    for (std::size_t i = 0; i < count_; ++i) {
      initialise_network<Geometry>(source_, cell.first_trial, view(), i);
      if constexpr (begins_with_more<Stepper>) begin_stepper<Stepper, Geometry>(cell.problem, view(), i);
    }
  }

  /// Takes other networks, at t = 0.
  void restart(const InitialNetworks& initial) {
    for (std::size_t i = 0; i < count_; ++i) {
      store_at_start(initial.networks[i], view(), i);
      if constexpr (multi_dimensional) view().tracks.store(initial.orthogonal[i], first_orthogonal_column, i);
      if constexpr (begins_with_more<Stepper>) begin_stepper<Stepper, Geometry>(cell_.problem, view(), i);
    }
  }

  testing::TallyBitsOfRun run() {
    testing::TallyBitsOfRun bits;
    const std::vector<RecordedTime>& times = schedule_.times();
    constexpr std::size_t records = std::is_same_v<Stepper, PathStepper> ? 1 : 5;
    double reached = 0.0;
    for (std::size_t first = 0; first < times.size(); first += records) {
      const std::size_t count = std::min(records, times.size() - first);
      std::vector<RecordedTime> earlier;
      for (std::size_t fit = 0; fit + 1 < schedule_.fits.size(); ++fit) {
        const auto& of_fit = schedule_.fits[fit].times;
        earlier.insert(earlier.end(), of_fit.begin() + static_cast<std::ptrdiff_t>(first),
                       of_fit.begin() + static_cast<std::ptrdiff_t>(first + count));
      }
      if constexpr (std::is_same_v<Stepper, PathStepper>) {
        follow_to(reached, times[first].t);
        reached = times[first].t;
      }
      const RecordRun run = {times.data() + first,
                             earlier.data(),
                             static_cast<int>(schedule_.fits.size()) - 1,
                             count,
                             reached,
                             cell_.stepping.lockstep_until,
                             limiting_gap(cell_.problem)};
      std::vector<RecordedTally> tallies(count);
      for (std::size_t i = 0; i < count_; ++i) record(i, run, tallies);
      for (const RecordedTally& tally : tallies) bits.push_back(testing::bits_of(tally));
      reached = times[first + count - 1].t;
    }
    HorizonTally horizon(schedule_.fits.size(), cell_.thresholds.size());
    for (std::size_t i = 0; i < count_; ++i) finish(i, reached, horizon);
    bits.push_back(testing::bits_of(horizon));
    return bits;
  }

 private:
  NetworkColumns<Number> view() { return {{states_.data(), count_}, {tracks_.data(), count_}}; }

  void follow_to(double from_t, double to_t) {
    if (to_t == from_t) return;
    visit_method_that<false>(cell_.problem.method, [&](auto optimizer, auto loss) {
      for (std::size_t i = 0; i < count_; ++i) {
        if (cell_.problem.has_orthogonal_points()) {
          follow_path<decltype(optimizer), decltype(loss), false>(cell_.problem, view().state, i, to_t);
        } else {
          follow_path<decltype(optimizer), decltype(loss), true>(cell_.problem, view().state, i, to_t);
        }
      }
    });
  }

  /// By the trajectory that the network's kind asks for.
  void record(std::size_t i, const RecordRun& run, std::vector<RecordedTally>& tallies) {
    if constexpr (std::is_same_v<Stepper, DescentStepper<Number, false>>) {
      const NetworkKind kind = kind_of(view().state.template load<Network<Number>>(0, i));
      if (kind == NetworkKind::stuck) return walk<StuckNetwork<Number>>(i, run, tallies);
      if (kind == NetworkKind::idle) return count_idle(tallies);
    }
    walk<TrajectoryIn<Stepper, Geometry>>(i, run, tallies);
  }

  template <class ThreadTrajectory>
  void walk(std::size_t i, const RecordRun& run, std::vector<RecordedTally>& tallies) {
    const typename ThreadTrajectory::Setting setting(cell_.problem, run.lockstep_until);
    ThreadTrajectory trajectory{};
    trajectory.load(view(), i);
    for (std::size_t r = 0; r < run.records; ++r) {
      trajectory.advance(setting, run, r);
      const Observation<double> observation = observe_trajectory(cell_.problem, trajectory);
      const CountedObservation seen = trajectory.counted(run, r, observation);
      trajectory.track(run, r, observation, view(), i);
      ++tallies[r].patterns[static_cast<std::size_t>(seen.pattern)];
      tallies[r].classified += seen.classified ? 1 : 0;
      for (std::size_t q = 0; q < recorded_distributions.size(); ++q) {
        add(tallies[r].*recorded_distributions[q], seen.value[q], RecordedShape::window(static_cast<int>(q)));
      }
    }
    trajectory.store(view(), i);
  }

  void count_idle(std::vector<RecordedTally>& tallies) const {
    for (RecordedTally& tally : tallies) {
      CheckpointCounts counts;
      add_idle_networks(counts, cell_.problem, 1);
      ++tally.patterns[0];
      for (std::size_t q = 0; q < recorded_distributions.size(); ++q) {
        const ValueCounts& of = counts.value[q];
        if (of.count == 0) continue;
        (tally.*recorded_distributions[q]).add_counted({of.count, of.least, of.largest, of.digits, of.bins});
      }
    }
  }

  /// The pieces of a value, as the counters take them.
  static void add(Distribution& distribution, const BinnedValue& value, const BinWindow& window) {
    if (!value.counted) return;
    std::array<std::int64_t, long_sum_digits> digits{};
    for (std::size_t d = 0; d < 3; ++d) {
      digits[static_cast<std::size_t>(value.digits.lowest) + d] = value.digits.digit[d];
    }
    const std::vector<std::pair<std::int64_t, std::uint64_t>> bins = {
        {value.overflows() ? value.bin : bin_of_slot(window, value.slot), 1}};
    const double number = value_of_key(value.key);
    distribution.add_counted({1, number, number, digits, bins});
  }

  void finish(std::size_t i, double reached, HorizonTally& tally) {
    const auto fits = schedule_.fits.size();
    TrialValues values{};
    for (std::size_t fit = 0; fit < fits; ++fit) {
      const CountedFit counted = {windows_[fit], fit_column(fit, fits), windows_[0], fit_column(0, fits)};
      const FinishedNetwork finished = finish_network<Stepper>(cell_.problem, reached, counted, view(), i);
      values.horizon = finished.values;
      values.law = finished.law;
      values.unresolved_t = finished.unresolved_t;
      values.dip = finished.dip;
      values.fits.push_back(finished.fit);
    }
    EXPECT_EQ(has_times_to_gap<Stepper>(cell_.problem, reached, view().state, i), values.horizon.converging());
    if (values.horizon.converging()) find_times(i, values.log10_t_eps);
    logmargin::add(tally, values);
  }

  void find_times(std::size_t i, std::vector<double>& log10_t_eps) const {
    for (std::size_t first = 0; first < cell_.thresholds.size(); first += Thresholds::most) {
      Thresholds group = {{}, std::min(Thresholds::most, cell_.thresholds.size() - first)};
      std::copy_n(cell_.thresholds.begin() + static_cast<std::ptrdiff_t>(first), group.count, group.value);
      double log10_t[Thresholds::most];
      find_times_to_gap<Geometry>(source_, cell_.first_trial + i, group, log10_t);
      log10_t_eps.insert(log10_t_eps.end(), log10_t, log10_t + group.count);
    }
  }

  const CellRun& cell_;
  const Schedule& schedule_;
  CellParameters source_;
  std::size_t count_;
  std::vector<Number> states_;
  std::vector<double> tracks_;
  std::vector<FitWindow> windows_;
};

/// initial: networks instead of the cell's own, or null.
template <class Number>
testing::TallyBitsOfRun bits_of_bodies(const CellRun& cell, const Schedule& schedule,
                                       const InitialNetworks* initial = nullptr) {
  testing::TallyBitsOfRun bits;
  with_kernel_stepper<Number>(cell.problem, cell.stepping, [&]<class Stepper>(std::type_identity<Stepper>) {
    with_geometry(cell.problem, [&]<class Geometry>(std::type_identity<Geometry>) {
      Bodies<Stepper, Geometry> bodies(cell, schedule);
      if (initial != nullptr) bodies.restart(*initial);
      bits = bodies.run();
    });
  });
  return bits;
}

class NetworkBodies : public ::testing::TestWithParam<EngineCase> {};

TEST_P(NetworkBodies, CountWhatTheReferenceDoes) {
  const EngineCase& of = GetParam();
  const Schedule schedule = of.schedule();
  const testing::TallyBitsOfRun expected =
      testing::bits_of_run(testing::tallies_of(*make_reference_engine(), of.cell, schedule));
  const testing::TallyBitsOfRun actual = of.cell.precision == Precision::mixed
                                             ? bits_of_bodies<Pair<float>>(of.cell, schedule)
                                             : bits_of_bodies<double>(of.cell, schedule);
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t r = 0; r < actual.size(); ++r) ASSERT_EQ(actual[r], expected[r]) << "recorded t number " << r;
}

/// All but what GPUs leave to the CPU.
std::vector<EngineCase> cases_with_kernels() {
  std::vector<EngineCase> cases = testing::engine_cases();
  std::erase_if(cases, [](const EngineCase& of) { return !gpus_compute(of.cell); });
  return cases;
}

INSTANTIATE_TEST_SUITE_P(All, NetworkBodies, ::testing::ValuesIn(cases_with_kernels()),
                         [](const auto& instance) { return instance.param.name; });

/// The same of the CPU's own batch.
testing::TallyBitsOfRun bits_of_batch(const Problem& problem, const InitialNetworks& initial,
                                      const Schedule& schedule) {
  const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
  Batch batch(problem, lockstep_stepping, initial, schedule.fits.size());
  BatchScratch scratch(initial.networks.size());
  RunControl control;
  testing::TallyBitsOfRun bits;
  for (std::size_t r = 0; r < schedule.times().size(); ++r) {
    RecordedTally tally;
    batch.advance(kernels, schedule, r, scratch, control);
    batch.observe(kernels, schedule, r, scratch);
    batch.tally(scratch, {}, tally);
    bits.push_back(testing::bits_of(tally));
  }
  HorizonTally horizon(schedule.fits.size());
  batch.finish(kernels, schedule, {}, horizon);
  bits.push_back(testing::bits_of(horizon));
  return bits;
}

/// Weights and orthogonal components at the ends of the range of double, under every method that takes steps.
TEST(NetworkBodiesOfHostileNetworks, CountWhatTheCpuDoes) {
  testing::RandomSource random(22);
  constexpr std::size_t count = 96;
  constexpr double axis[] = {1.0, 0.0};
  for (int round = 0; round < 30; ++round) {
    for (const Method& method : testing::stepped_methods()) {
      Problem problem = testing::hostile_problem(random);
      problem.method = method;
      InitialNetworks initial = {testing::hostile_networks(random, problem, count)};
      CellRun cell = testing::cell_of(problem, testing::he_law, testing::he_law, count);
      cell.thresholds.clear();
      if (round % 2 == 0) {
        cell.problem.multi_dimensional = true;
        if (round % 4 == 0) cell.problem.offset = random.log_uniform(-20.0, 20.0);
        cell.directions = {2, {axis, axis + 1}, {axis + 1, axis + 2}};
        for (std::size_t i = 0; i < count; ++i) {
          for_each_column(initial.orthogonal.emplace_back(),
                          [&](double& part) { part = testing::hostile_number(random); });
        }
      }
      const Schedule schedule = make_schedule(60.0, round % 3 == 0 ? testing::every_step : testing::eight_a_decade);
      ASSERT_EQ(bits_of_bodies<double>(cell, schedule, &initial), bits_of_batch(cell.problem, initial, schedule))
          << "round " << round << " of seed 22, " << testing::letters_of(method) << ", data "
          << problem.positive_position << ',' << problem.negative_position << ", step " << problem.step_size;
    }
  }
}

}  // namespace
}  // namespace logmargin::network_bodies_test
