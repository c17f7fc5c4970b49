#include "host/results/cell_axes.hpp"

#include "host/plan/number.hpp"

namespace logmargin {

AxisValues axis_values_of(const Cell& cell) {
  return {cell.init,       cell.bias, number_text(cell.eta), cell.optimizer, cell.loss, std::to_string(cell.dim),
          cell.data.text()};
}

}  // namespace logmargin
