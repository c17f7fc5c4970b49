#include "host/plan/experiment.hpp"

#include <limits>

#include "host/plan/number.hpp"

namespace logmargin {

Problem Cell::problem() const {
  return make_problem(data.placed(dim).points, dim > 1, eta, parse_method(optimizer, loss));
}

Directions Cell::directions() const { return data.placed(dim).directions; }

InitialDistributions Cell::laws() const {
  if (init == given_weights_word) return {};
  const InitialDistribution weights = weight_distribution(init, dim);
  return {weights, bias_distribution(bias, weights)};
}

Stepping Experiment::asked_stepping() const {
  if (stepping == SteppingMode::lockstep) return lockstep_stepping;
  return stepping == SteppingMode::leap ? leap_stepping : auto_stepping;
}

std::optional<Threshold> parse_threshold(const std::string& text) {
  const bool relative = text.ends_with('%');
  const auto number = parse_number(std::string_view(text).substr(0, text.size() - (relative ? 1 : 0)));
  if (!number || *number <= 0.0) return std::nullopt;
  return Threshold{text, relative ? *number / 100.0 : *number, relative};
}

std::vector<double> Experiment::threshold_values(const Problem& problem) const {
  std::vector<double> values;
  for (const Threshold& threshold : thresholds) values.push_back(threshold.in(problem));
  return values;
}

std::size_t Experiment::cell_count() const {
  std::size_t count = 1;
  for (const std::size_t values : {axes.init.size(), axes.bias.size(), axes.eta.size(), axes.optimizer.size(),
                                   axes.loss.size(), axes.dim.size(), axes.data.size()}) {
    if (__builtin_mul_overflow(count, values, &count)) return std::numeric_limits<std::size_t>::max();
  }
  return count;
}

Cell Experiment::cell(std::size_t index) const {
  // The last axis runs fastest: the least digit of the index.
  const auto value = [&index](const auto& axis) {
    const std::size_t place = index % axis.size();
    index /= axis.size();
    return axis[place];
  };
  Cell cell;
  cell.data = value(axes.data);
  cell.dim = value(axes.dim);
  cell.loss = value(axes.loss);
  cell.optimizer = value(axes.optimizer);
  cell.eta = value(axes.eta);
  cell.bias = value(axes.bias);
  cell.init = value(axes.init);
  return cell;
}

std::vector<Cell> Experiment::cells() const {
  std::vector<Cell> cells;
  cells.reserve(cell_count());
  for (std::size_t index = 0; index < cell_count(); ++index) cells.push_back(cell(index));
  return cells;
}

}  // namespace logmargin
