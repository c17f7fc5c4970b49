#pragma once

#include <string>
#include <vector>

#include "host/report/figures/figure.hpp"
#include "host/report/report_data.hpp"

namespace logmargin {

/// A figure and, where gnuplot made it, its SVG; else empty.
struct DrawnFigure {
  Figure figure;
  std::string svg;
};

/// The drawn figures of a report.
struct DrawnFigures {
  std::vector<DrawnFigure> sweep;  ///< of all drawn cells together
  std::vector<DrawnFigure> maps;
  std::vector<std::vector<DrawnFigure>> cells;  ///< as the first of the data's cells
  std::string trouble;                          ///< why pictures are missing; empty where none is
};

/// A page that needs nothing but itself, in one piece.
std::string report_page(const ReportData& data, const DrawnFigures& figures);

/// The command line that makes the same run again.
std::string remaking_command(const nlohmann::ordered_json& config);

}  // namespace logmargin
