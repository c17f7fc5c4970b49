#pragma once

#include "host/report/figures/figure.hpp"
#include "host/report/report_data.hpp"

namespace logmargin {

/// Returns the pictures of one cell over t: gap, its slope view, local exponent, activation patterns, dip. A picture of
/// which nothing is known, such as the gap where no network converges, is left out.
FigureGroup time_figures(const ReportCell& cell, std::size_t index);

/// Returns the histograms of one cell: log exponent, C over C_infinity, log10 t_eps.
FigureGroup histogram_figures(const ReportCell& cell, std::size_t index);

}  // namespace logmargin
