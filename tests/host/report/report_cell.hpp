#pragma once

#include <string>

#include "host/report/report_data.hpp"

namespace logmargin::testing {

/// A cell in which half of four networks converge, with quantiles of 0.5 each.
inline ReportCell report_cell(const std::string& init, const std::string& eta) {
  ReportCell cell{};
  cell.axis_values = {init, "zero", eta, "gd", "exp", "1", "+1,-1"};
  cell.trials = 4;
  cell.outcome = {2, 2, 0, 0, 0};
  for (Band* band : {&cell.limiting_constant, &cell.constant, &cell.ratio, &cell.log_exponent, &cell.dip_margin,
                     &cell.dip_log10_t}) {
    *band = {0.5, 0.5, 0.5, 0.5, 0.5};
  }
  return cell;
}

}  // namespace logmargin::testing
