#pragma once

#include <string>
#include <vector>

#include "host/report/figures/figure.hpp"
#include "host/report/report_data.hpp"

namespace logmargin {

/// DrawnFigure is a figure with its SVG, which is empty where gnuplot did not make it.
struct DrawnFigure {
  Figure figure;
  std::string svg;
};

/// DrawnFigures holds the drawn figures of a report.
struct DrawnFigures {
  std::vector<DrawnFigure> sweep;  ///< of all drawn cells together
  std::vector<DrawnFigure> maps;
  std::vector<std::vector<DrawnFigure>> cells;  ///< as the first of the data's cells
  std::string trouble;                          ///< why pictures are missing; empty where none is
};

/// Returns the page in one piece; it needs no other file.
std::string report_page(const ReportData& data, const DrawnFigures& figures);

/// Returns the command line that makes the same run again.
std::string remaking_command(const nlohmann::ordered_json& config);

}  // namespace logmargin
