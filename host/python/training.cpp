#include "host/python/training.hpp"

#include <fmt/format.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "host/cli/experiment_options.hpp"
#include "host/cli/recording_options.hpp"
#include "host/plan/number.hpp"
#include "host/python/array_weights.hpp"
#include "host/python/interruptible.hpp"
#include "host/python/numpy_arrays.hpp"
#include "host/python/words.hpp"
#include "host/run/run_into.hpp"

namespace logmargin::python {

namespace {

using Numbers = nanobind::ndarray<double, nanobind::ndim<2>, nanobind::c_contig, nanobind::device::cpu>;
using Bytes = nanobind::ndarray<std::uint8_t, nanobind::ndim<2>, nanobind::c_contig, nanobind::device::cpu>;
using PreActivations = nanobind::ndarray<double, nanobind::shape<-1, -1, 4>, nanobind::c_contig, nanobind::device::cpu>;

/// Place says where an array has the values of one column: those of network i at shown t number j stand at
/// numbers[(i * shown + j) * stride], or in bytes.
struct Place {
  TrajectoryColumn column;
  double* numbers;
  std::uint8_t* bytes;
  std::size_t stride;
};

/// RowsIntoArrays puts rows where they belong. shown_number: of each recorded t, or -1 for one that is not shown.
class RowsIntoArrays final : public TrajectorySink {
 public:
  RowsIntoArrays(std::vector<Place> places, std::vector<std::ptrdiff_t> shown_number, std::size_t shown)
      : places_(std::move(places)), shown_number_(std::move(shown_number)), shown_(shown) {}

  void take(std::uint64_t first_network, std::size_t networks, std::size_t first_time,
            std::span<const double> rows) override {
    const std::size_t times = rows.size() / (places_.size() * networks);
    // What a group's columns write lies together, and stays in the cache.
    constexpr std::size_t group = 64;
    for (std::size_t begin = 0; begin < networks; begin += group) {
      const std::size_t end = std::min(networks, begin + group);
      for (std::size_t c = 0; c < places_.size(); ++c) {
        for (std::size_t r = 0; r < times; ++r) {
          const std::ptrdiff_t j = shown_number_[first_time + r];
          if (j < 0) continue;
          const double* from = rows.data() + (r * places_.size() + c) * networks;
          put(places_[c], static_cast<std::size_t>(j), first_network, from, begin, end);
        }
      }
    }
  }

 private:
  void put(const Place& place, std::size_t j, std::uint64_t first_network, const double* from, std::size_t begin,
           std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      const std::size_t at = ((first_network + i) * shown_ + j) * place.stride;
      if (place.bytes != nullptr) {
        place.bytes[at] = static_cast<std::uint8_t>(from[i]);
      } else {
        place.numbers[at] = from[i];
      }
    }
  }

  std::vector<Place> places_;
  std::vector<std::ptrdiff_t> shown_number_;
  std::size_t shown_;
};

/// Training is a run of one cell whose networks are given, and the t at which they are shown.
class Training {
 public:
  /// at: rising t, or a rule as --at of replay takes it.
  Training(const Theta& theta, Words words, const std::variant<std::vector<double>, std::string>& at)
      : weights_(weights_of(theta, words)), options_(options_of("sweep", words)) {
    with_complaints(options_, [&] {
      run_.experiment = experiment_of(options_, weights_);
      require_one_cell();
      choose_times(at);
    });
  }

  nanobind::object times() const { return numpy_array(shown_, {shown_.size()}); }
  std::size_t networks() const { return static_cast<std::size_t>(run_.experiment.trials); }
  double network_steps() const { return run_.experiment.steps * static_cast<double>(run_.experiment.trials); }

  /// Trains and fills the arrays that are given, with a row for each network and a column for each shown t. Returns
  /// what computed.
  std::string run(const std::optional<Numbers>& gap, const std::optional<Numbers>& margin,
                  const std::optional<PreActivations>& z, const std::optional<Bytes>& pattern,
                  const std::optional<Numbers>& log10_loss, const nanobind::object& progress) const {
    std::vector<Place> places;
    const auto add_numbers = [&](TrajectoryColumn column, const std::optional<Numbers>& array) {
      if (array) places.push_back({column, fitting(*array).data(), nullptr, 1});
    };
    add_numbers(TrajectoryColumn::gap, gap);
    add_numbers(TrajectoryColumn::margin, margin);
    for (int k = 0; z && k < 4; ++k) {
      const auto column = static_cast<TrajectoryColumn>(static_cast<int>(TrajectoryColumn::z11) + k);
      places.push_back({column, fitting(*z).data() + k, nullptr, 4});
    }
    if (pattern) places.push_back({TrajectoryColumn::pattern, nullptr, fitting(*pattern).data(), 1});
    add_numbers(TrajectoryColumn::log10_loss, log10_loss);
    PreparedRun prepared = run_;
    for (const Place& place : places) prepared.trajectory_columns.push_back(place.column);
    RowsIntoArrays rows(std::move(places), shown_number_, shown_.size());
    RunSinks sinks;
    if (!prepared.trajectory_columns.empty()) sinks.trajectories = &rows;
    RunControl control;
    std::string device;
    with_complaints(options_, [&] {
      const RunSettings settings = settings_of(options_);
      run_interruptibly(control, {progress, network_steps()},
                        [&] { device = run_into(std::move(prepared), settings, control, sinks).facts.device; });
    });
    return device;
  }

 private:
  void require_one_cell() const {
    if (run_.experiment.cell_count() == 1) return;
    throw UsageError("train: one value is allowed for each of eta, optimizer, loss, dim and data; sweep takes several");
  }

  void choose_times(const std::variant<std::vector<double>, std::string>& at) {
    const Experiment& experiment = run_.experiment;
    const bool whole = takes_steps(experiment.cell(0).problem().method);
    if (const auto* text = std::get_if<std::string>(&at)) {
      shown_ = recorded_times(experiment.steps, parse_record_rule("--at", *text, whole));
    } else {
      shown_ = std::get<std::vector<double>>(at);
    }
    RecordRule rule{RecordRule::Kind::list, 0.0, {}, "--at"};
    for (const double t : shown_) {
      parse_record_rule("--at", number_text(t), whole);
      if (!rule.listed.empty() && t <= rule.listed.back()) {
        reject("--at", number_text(t), "each t has to be larger than the one before it");
      }
      rule.listed.push_back(t);
    }
    if (shown_.empty()) throw UsageError("--at: it has no t; at least one is allowed");
    run_.schedule = make_schedule(experiment.steps, rule);
    for (const RecordedTime& time : run_.schedule.times()) {
      const auto found = std::lower_bound(shown_.begin(), shown_.end(), time.t);
      const bool is_shown = found != shown_.end() && *found == time.t;
      shown_number_.push_back(is_shown ? found - shown_.begin() : -1);
    }
  }

  template <class Array>
  const Array& fitting(const Array& array) const {
    if (array.shape(0) == networks() && array.shape(1) == shown_.size()) return array;
    throw UsageError("train: the arrays for its results are of another shape");
  }

  std::shared_ptr<const GivenWeights> weights_;
  ParsedOptions options_;
  PreparedRun run_;
  std::vector<double> shown_;
  std::vector<std::ptrdiff_t> shown_number_;
};

}  // namespace

void add_training(nanobind::module_& module) {
  using nanobind::arg;
  nanobind::class_<Training>(module, "Training", "A run of given networks of one cell.")
      .def(
          "__init__",
          [](Training* self, const Theta& theta, Words words, const nanobind::object& at) {
            std::variant<std::vector<double>, std::string> shown;
            if (nanobind::isinstance<nanobind::str>(at)) {
              shown = nanobind::cast<std::string>(at);
            } else {
              shown = nanobind::cast<std::vector<double>>(at);
            }
            new (self) Training(theta, std::move(words), shown);
          },
          arg("theta"), arg("words"), arg("at"))
      .def_prop_ro("times", &Training::times, "The t at which the networks are shown.")
      .def_prop_ro("networks", &Training::networks, "How many there are.")
      .def("run", &Training::run, arg("gap").none().noconvert(), arg("margin").none().noconvert(),
           arg("z").none().noconvert(), arg("pattern").none().noconvert(), arg("log10_loss").none().noconvert(),
           arg("progress").none(), "Trains, fills the arrays that are given, and returns what computed.");
}

}  // namespace logmargin::python
