#include "host/results/trials/trial_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/plan/number.hpp"
#include "host/results/files/columns.hpp"

namespace logmargin {

namespace {

using Kind = TrialColumn::Kind;

constexpr std::string_view length_unit = "distance (as --data)";
constexpr std::string_view of_converging = "NaN for networks that do not converge";

class ColumnList {
 public:
  void add(std::string name, std::string_view unit, std::string description,
           std::function<double(const TrialRecord&)> value, Kind kind = Kind::number,
           std::span<const std::string_view> categories = {}) {
    columns_.push_back(
        {std::move(name), std::string(unit), std::move(description), kind, categories, std::move(value)});
  }
  /// Adds a column that is undefined for networks that do not converge.
  void add_late(std::string name, std::string_view unit, std::string_view description,
                const std::function<double(const TrialRecord&)>& value) {
    add(std::move(name), unit, fmt::format("{}; {}", description, of_converging), [value](const TrialRecord& trial) {
      return trial.values.horizon.converging() ? value(trial) : std::numeric_limits<double>::quiet_NaN();
    });
  }
  std::vector<TrialColumn> take() { return std::move(columns_); }

 private:
  std::vector<TrialColumn> columns_;
};

/// Adds the columns of the start. multi_dimensional says that some cell has more than one dimension.
void add_start(ColumnList& list, bool multi_dimensional) {
  const std::string_view along = multi_dimensional ? ", along the line through the points" : "";
  const std::string_view at_foot =
      multi_dimensional ? ", and what the weight adds at that line's foot from the origin" : "";
  const auto add = [&](std::string_view name, std::string_view unit, std::string_view what, std::string_view where,
                       double Weights::*value) {
    list.add(std::string(name), unit, fmt::format("{} at t = 0{}", what, where),
             [value](const TrialRecord& trial) { return trial.theta.*value; });
  };
  const std::string inverse_length = "1 / " + std::string(length_unit);
  add("w1_initial", inverse_length, "weight of neuron 1", along, &Weights::w1);
  add("b1_initial", "1", "bias of neuron 1", at_foot, &Weights::b1);
  add("w2_initial", inverse_length, "weight of neuron 2", along, &Weights::w2);
  add("b2_initial", "1", "bias of neuron 2", at_foot, &Weights::b2);
}

void add_state(ColumnList& list, const std::string& when, const std::string& at, Network<double> TrialRecord::*state) {
  struct PreActivation {
    int neuron, point;
    double Network<double>::*value;
  };
  for (const auto& [neuron, point, value] :
       {PreActivation{1, 1, &Network<double>::z11}, PreActivation{1, 2, &Network<double>::z12},
        PreActivation{2, 1, &Network<double>::z21}, PreActivation{2, 2, &Network<double>::z22}}) {
    list.add(fmt::format("z{}{}_{}", neuron, point, when), "1",
             fmt::format("pre-activation of neuron {} at point {} (label {}) at {}", neuron, point,
                         point == 1 ? "+1" : "-1", at),
             [state, value = value](const TrialRecord& trial) { return trial.*state.*value; });
  }
}

/// Adds the columns of the fit with index i. The suffix is that of the columns' names, and to is the horizon of the
/// fit.
void add_fit(ColumnList& list, std::size_t i, const std::string& suffix, const std::string& to) {
  const auto rate = [i](double RateFit::*value) {
    return [i, value](const TrialRecord& trial) { return trial.values.fits[i].rates.*value; };
  };
  const std::string window = " over sqrt(T) <= t <= T = " + to;
  list.add_late("C" + suffix, length_unit, "C of gap ~ C / ln t: inverse slope of the line of 1/gap on ln t" + window,
                rate(&RateFit::inverse_log_constant));
  list.add_late("C_ratio" + suffix, "1", "C / C_theory, with C fitted (under ngd of gap ~ C / t)" + window,
                [i](const TrialRecord& trial) { return trial.values.fits[i].constant_ratio; });
  list.add_late("C_r2" + suffix, "1", "R^2 of the line of 1/gap on ln t" + window, rate(&RateFit::inverse_log_r2));
  list.add_late("log_exponent" + suffix, "1", "p of gap ~ (ln t)^-p: minus the slope of ln gap on ln ln t" + window,
                rate(&RateFit::log_exponent));
  list.add_late("power_exponent" + suffix, "1", "q of gap ~ t^-q: minus the slope of ln gap on ln t" + window,
                rate(&RateFit::power_exponent));
  list.add(
      "best_fit" + suffix, "1",
      "law with the least residual in ln gap" + window + "; undefined also for networks that do not converge",
      [i](const TrialRecord& trial) {
        const bool fitted = trial.values.horizon.converging();
        return static_cast<double>(fitted ? trial.values.fits[i].rates.best : FittedLaw::undefined);
      },
      Kind::category, law_names);
}

}  // namespace

std::vector<TrialColumn> trial_columns(const Experiment& experiment, const Schedule& schedule) {
  ColumnList list;
  list.add(
      "trial", "1",
      "index I of the trial: replay --trial I, with the options in config and the group's axes, follows it",
      [](const TrialRecord& trial) { return static_cast<double>(trial.trial); }, Kind::index);
  add_start(list, std::any_of(experiment.axes.dim.begin(), experiment.axes.dim.end(),
                              [](std::int64_t dim) { return dim > 1; }));
  add_state(list, "initial", "t = 0", &TrialRecord::initial);
  list.add(
      "outcome", "1", "how the network stands at the horizon",
      [](const TrialRecord& trial) { return static_cast<double>(trial.values.horizon.outcome); }, Kind::category,
      outcome_names);
  list.add(
      "dead_points", "1", "points at which no neuron fires at the horizon",
      [](const TrialRecord& trial) { return static_cast<double>(trial.values.horizon.dead_points); }, Kind::count);
  add_state(list, "final", "the horizon", &TrialRecord::last);
  list.add(
      "classified", "1", "1 where both points are classified correctly at the horizon, else 0",
      [](const TrialRecord& trial) { return std::isnan(trial.gap) ? 0.0 : 1.0; }, Kind::count);
  list.add("margin", length_unit, "robustness margin at the horizon; NaN unless both points are classified correctly",
           [](const TrialRecord& trial) { return trial.margin; });
  list.add("gap", length_unit,
           "best possible margin less the margin, at the horizon; NaN unless both points are classified correctly",
           [](const TrialRecord& trial) { return trial.gap; });
  list.add_late("dip_margin_min", length_unit, "lowest margin over the recorded t",
                [](const TrialRecord& trial) { return trial.values.dip.margin; });
  list.add_late("dip_log10_t_min", "log10 of steps",
                "log10 of the first recorded t with the lowest margin; -inf at t = 0",
                [](const TrialRecord& trial) { return log10_of_time(trial.values.dip.t); });
  list.add("unresolved_t", "steps",
           "how far an unresolved network was followed, which has no closed form from there on; NaN for others",
           [](const TrialRecord& trial) { return trial.values.unresolved_t; });
  list.add_late("C_theory", length_unit,
                "limit of |gap - limiting gap| ln t, of gap t under ngd; NaN where it is not known",
                [](const TrialRecord& trial) { return trial.values.horizon.limiting_constant; });
  for (std::size_t i = 0; i < schedule.fits.size(); ++i) {
    const bool own = i + 1 == schedule.fits.size();
    const std::string to = number_text(schedule.fits[i].horizon);
    add_fit(list, i, own ? "" : fmt::format("_to_1e{:g}", log10_of_time(schedule.fits[i].horizon)), to);
  }
  for (std::size_t i = 0; i < experiment.thresholds.size(); ++i) {
    const std::string& text = experiment.thresholds[i].text;
    list.add_late(
        "log10_t_eps_" + text, "log10 of steps",
        fmt::format("log10 of the steps after which the gap stays within {} for good (whole up to 1e5 steps, real "
                    "beyond); -inf where it never exceeds that, inf where it never stays within it, NaN where the "
                    "time is not known",
                    experiment.thresholds[i].words()),
        [i](const TrialRecord& trial) { return trial.values.log10_t_eps[i]; });
  }
  return list.take();
}

}  // namespace logmargin
