#include "host/command/report.hpp"

#include <fmt/format.h>

#include "host/command/run_watch.hpp"
#include "host/report/report.hpp"

namespace logmargin {

void report_command(const ParsedOptions& options) {
  const std::string& folder = options.operands().front();
  ReportOptions how;
  how.pdf = options.flag("pdf");
  RunControl control;
  const RunWatch watch(control, 0.0);
  const std::string missing = write_report(folder, how, control.stop_signal);
  fmt::print("wrote report.html to {}\n", folder);
  if (!missing.empty()) fmt::print(stderr, "logmargin: {}\n", missing);
}

}  // namespace logmargin
