#pragma once

#include "host/report/figures/figure.hpp"
#include "host/report/report_data.hpp"

namespace logmargin {

/// The median gaps of the first drawn_cells cells over t, in one picture; none where fewer than two cells have a gap.
FigureGroup comparison_figure(const ReportData& data);

}  // namespace logmargin
