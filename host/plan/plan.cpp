#include "host/plan/plan.hpp"

#include <limits>

namespace logmargin {

Problem Cell::problem() const {
  return make_problem(data.placed(dim).points, dim > 1, eta, parse_method(optimizer, loss));
}

Directions Cell::directions() const { return data.placed(dim).directions; }

std::vector<double> Plan::threshold_values() const {
  std::vector<double> values;
  for (const Threshold& threshold : thresholds) values.push_back(threshold.value);
  return values;
}

std::size_t Plan::cell_count() const {
  std::size_t count = 1;
  for (const std::size_t values : {axes.init.size(), axes.bias.size(), axes.eta.size(), axes.optimizer.size(),
                                   axes.loss.size(), axes.dim.size(), axes.data.size()}) {
    if (__builtin_mul_overflow(count, values, &count)) return std::numeric_limits<std::size_t>::max();
  }
  return count;
}

std::vector<Cell> Plan::cells() const {
  std::vector<Cell> cells;
  cells.reserve(cell_count());
  for (const auto& init : axes.init)
    for (const auto& bias : axes.bias)
      for (const double eta : axes.eta)
        for (const auto& optimizer : axes.optimizer)
          for (const auto& loss : axes.loss)
            for (const std::int64_t dim : axes.dim)
              for (const DataPair& data : axes.data) cells.push_back({init, bias, eta, optimizer, loss, dim, data});
  return cells;
}

}  // namespace logmargin
