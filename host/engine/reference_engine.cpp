#include "host/engine/reference_engine.hpp"

#include "host/engine/batch_runner.hpp"
#include "host/engine/cell_networks.hpp"
#include "host/engine/times_to_gap.hpp"
#include "host/engine/trials/trajectory_value.hpp"
#include "logmargin/stepping/dispatch.hpp"

namespace logmargin {

namespace {

constexpr std::size_t networks_of_batch = 512;

/// ReferenceNetwork is one trial: where it stands, and what it has accumulated.
template <class Stepper, class Geometry>
struct ReferenceNetwork {
  SpatialStart start;
  Network<double> initial;
  Geometry geometry;
  Stepper stepper;
  Dip<double> dip = no_dip<double>();
  double previous_ln_gap = std::numeric_limits<double>::quiet_NaN();
  std::vector<FitSums<double>> sums = {};  ///< one for each fit of the schedule

  Observation<double> observed(const Problem& problem) const {
    return geometry.observed(problem, widen(stepper.network), stepper.orthogonal_scale(problem));
  }
};

using LargestNetwork = ReferenceNetwork<PathStepper, NetworkInRd>;

template <class Stepper, class Geometry>
class ReferenceTrainer final : public BatchTrainer {
 public:
  ReferenceTrainer(const CellRun& cell, const Schedule& schedule)
      : cell_(cell), schedule_(schedule), setting_(cell.problem, cell.stepping.lockstep_until) {}

  void start(const BatchTrials& trials) override {
    first_trial_ = trials.first;
    networks_.clear();
    for (const SpatialStart& start : trial_starts(cell_, trials.first, trials.count)) {
      const Network<double> initial = network_from_weights(cell_.problem, start.on_line);
      const auto geometry = Geometry::of(start.orthogonal);
      networks_.push_back({start, initial, geometry,
                           Stepper::start(cell_.problem, initial, geometry.orthogonal_square(cell_.problem))});
      networks_.back().sums.resize(schedule_.fits.size());
    }
  }
  std::unique_ptr<KeptBatch> keep() override { return std::make_unique<Kept>(std::move(networks_)); }
  void resume(const BatchTrials& trials, std::unique_ptr<KeptBatch> kept) override {
    first_trial_ = trials.first;
    networks_ = std::move(static_cast<Kept&>(*kept).networks);
  }

  void train(std::size_t first, std::size_t last, std::vector<RecordedTally>& tallies, std::vector<double>* rows,
             RunControl& control) override {
    const std::vector<RecordedTime>& times = schedule_.times();
    const std::size_t columns = cell_.trajectory_columns.size();
    if (rows != nullptr) rows->resize((last - first) * columns * networks_.size());
    for (std::size_t i = 0; i < networks_.size(); ++i) {
      Tracked& network = networks_[i];
      double t = first == 0 ? 0.0 : times[first - 1].t;
      for (std::size_t r = first; r < last; ++r) {
        network.stepper.advance(setting_, t, times[r].t, [&] { control.throw_if_stop_requested(); });
        control.count_done(times[r].t - t);
        control.count_computed(Stepper::computed_share * (times[r].t - t));
        t = times[r].t;
        const Observation<double> seen = observe(network, r, tallies[r - first]);
        for (std::size_t c = 0; rows != nullptr && c < columns; ++c) {
          (*rows)[((r - first) * columns + c) * networks_.size() + i] =
              trajectory_value(cell_.trajectory_columns[c], widen(network.stepper.network), as_told(seen));
        }
      }
    }
  }

  void finish(HorizonTally& tally, std::vector<TrialRecord>* records) override {
    for (std::size_t i = 0; i < networks_.size(); ++i) {
      const Tracked& network = networks_[i];
      const Observation<double> seen = network.observed(cell_.problem);
      const TrialValues values = values_at_horizon(network, seen);
      add(tally, values);
      if (records == nullptr) continue;
      const Observation<double> told = as_told(seen);
      records->push_back({first_trial_ + i, network.start.on_line, network.initial, widen(network.stepper.network),
                          told.margin, told.gap, values});
    }
  }

 private:
  using Tracked = ReferenceNetwork<Stepper, Geometry>;
  struct Kept final : KeptBatch {
    explicit Kept(std::vector<Tracked>&& from) : networks(std::move(from)) {}
    std::vector<Tracked> networks;
  };

  /// Adds what a network shows at the recorded t number r to the tally, and to what the network accumulates. Returns
  /// it.
  Observation<double> observe(Tracked& network, std::size_t r, RecordedTally& tally) const {
    const double limit = limiting_gap(cell_.problem);
    const Observation<double> seen = network.observed(cell_.problem);
    const RecordedTime& time = schedule_.times()[r];
    const double exponent = local_log_exponent(network.previous_ln_gap, time, seen, limit);
    const bool classified = seen.classified != 0.0;
    if (cell_.statistics.chosen[Statistics::pattern]) ++tally.patterns[static_cast<std::size_t>(seen.pattern)];
    tally.classified += classified ? 1 : 0;
    const RecordedValues<double> values = recorded_values(seen, exponent);
    for (int q = 0; q < RecordedQuantities::quantities; ++q) {
      const auto place = static_cast<std::size_t>(q);
      if (!cell_.statistics.chosen[place] || (RecordedQuantities::of_classified(q) && !classified)) continue;
      (tally.*recorded_distributions[place]).add(values.value[q]);
    }
    add(network.dip, time, seen);
    for (std::size_t fit = 0; fit < network.sums.size(); ++fit) {
      const RecordedTime& time_of_fit = schedule_.fits[fit].times[r];
      if (time_of_fit.in_fit_window) add(network.sums[fit], time_of_fit, excess_gap(seen, limit));
    }
    return seen;
  }

  TrialValues values_at_horizon(const Tracked& network, const Observation<double>& seen) const {
    const Problem& problem = cell_.problem;
    HorizonState state = {problem,
                          widen(network.stepper.network),
                          seen,
                          network.stepper.outcome(problem, schedule_.horizon),
                          network.stepper.unresolved_t(),
                          network.dip,
                          network.sums,
                          {}};
    if (state.outcome == Outcome::converging) {
      state.log10_t_eps.resize(cell_.thresholds.size());
      log10_times_to_gap(network.geometry, problem, network.initial, cell_.thresholds.data(), cell_.thresholds.size(),
                         state.log10_t_eps.data());
    }
    return trial_values(state, schedule_);
  }

  const CellRun& cell_;
  const Schedule& schedule_;
  typename Stepper::Setting setting_;
  std::uint64_t first_trial_ = 0;
  std::vector<Tracked> networks_;
};

std::unique_ptr<BatchTrainer> make_trainer(const CellRun& cell, const Schedule& schedule) {
  return with_stepper_of(cell, [&]<class Stepper>(std::type_identity<Stepper>) {
    return with_geometry(cell.problem,
                         [&]<class Geometry>(std::type_identity<Geometry>) -> std::unique_ptr<BatchTrainer> {
                           return std::make_unique<ReferenceTrainer<Stepper, Geometry>>(cell, schedule);
                         });
  });
}

class ReferenceEngine final : public Engine {
 public:
  std::string description() const override { return "reference (1 network at a time, 1 thread)"; }

  bool supports_trial_output() const override { return true; }

  HorizonTally run(const CellRun& cell, const Schedule& schedule, const RecordedSink& on_recorded,
                   RunControl& control) override {
    const std::size_t bytes = sizeof(LargestNetwork) + schedule.fits.size() * sizeof(FitSums<double>);
    const BatchLayout layout = {networks_of_batch, bytes, 1};
    const auto make = [&](unsigned) { return make_trainer(cell, schedule); };
    return run_batches(cell, schedule, layout, make, on_recorded, control);
  }
};

}  // namespace

std::unique_ptr<Engine> make_reference_engine() { return std::make_unique<ReferenceEngine>(); }

}  // namespace logmargin
