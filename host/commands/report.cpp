#include "host/commands/report.hpp"

#include <fmt/format.h>

#include "host/cli/standard_streams.hpp"
#include "host/error.hpp"
#include "host/report/report.hpp"
#include "host/run/run_watch.hpp"

namespace logmargin {

void report_command(const ParsedOptions& options) {
  const std::string& folder = options.operands().front();
  ReportOptions how;
  how.pdf = options.flag("pdf");
  RunControl control;
  const RunWatch watch(control, 0.0);
  const MissingPictures missing = write_report(folder, read_report_data(folder), how, control.stop_signal);
  fmt::print("wrote report.html to {}\n", folder);
  if (!missing.pdf.empty()) {
    throw FileError(fmt::format("the report is written, PDF pictures are missing: {}", missing.pdf));
  }
  if (!missing.of_page.empty()) complain("pictures are missing: " + missing.of_page);
}

}  // namespace logmargin
