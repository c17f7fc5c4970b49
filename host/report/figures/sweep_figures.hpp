#pragma once

#include "host/report/figures/figure.hpp"
#include "host/report/report_data.hpp"

namespace logmargin {

/// Returns the figure of the outcome shares of the first drawn_cells cells.
FigureGroup outcome_figure(const ReportData& data);

inline constexpr std::size_t most_axis_pairs = 3;

/// Returns, for each pair of axes with several values (most_axis_pairs at most), heat maps of the stuck share, the
/// median C_infinity and, for each of up to three thresholds, the median log10 t_eps. Other axes stay at their first
/// value.
FigureGroup heat_maps(const ReportData& data);

}  // namespace logmargin
