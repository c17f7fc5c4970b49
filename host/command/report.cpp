#include "host/command/report.hpp"

#include <fmt/format.h>

#include "host/report/report.hpp"

namespace logmargin {

void report_command(const ParsedOptions& options) {
  ReportOptions how;
  how.pdf = options.flag("pdf");
  const std::string missing = write_report(options.operand(), how);
  fmt::print("wrote report.html to {}\n", options.operand());
  if (!missing.empty()) fmt::print(stderr, "logmargin: {}\n", missing);
}

}  // namespace logmargin
