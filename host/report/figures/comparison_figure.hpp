#pragma once

#include "host/report/figures/figure.hpp"
#include "host/report/report_data.hpp"

namespace logmargin {

/// Returns one picture of the median gaps of the first drawn_cells cells over t, or none where fewer than two cells
/// have a gap.
FigureGroup comparison_figure(const ReportData& data);

}  // namespace logmargin
