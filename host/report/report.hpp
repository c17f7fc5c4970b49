#pragma once

#include <atomic>
#include <filesystem>
#include <string>

#include "host/report/report_data.hpp"

namespace logmargin {

struct ReportOptions {
  bool pdf = false;  ///< figures/*.pdf too
  double gnuplot_limit_in_seconds = 120.0;
};

/// MissingPictures says in words why pictures are missing; a text is empty where none is.
struct MissingPictures {
  std::string of_page;
  std::string pdf;
};

/// Writes report.html and figures/ into a folder that sweep wrote. The data are the run's own or those read from there.
/// The page has every table even where gnuplot is missing, fails or hangs. Throws FileError, having changed nothing
/// where the folder cannot be written, and Interrupted, having changed nothing, when stop_signal is set while gnuplot
/// draws.
MissingPictures write_report(const std::filesystem::path& folder, const ReportData& data, const ReportOptions& options,
                             const std::atomic<int>& stop_signal);

}  // namespace logmargin
