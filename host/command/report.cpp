#include "host/command/report.hpp"

#include <fmt/format.h>

#include "host/report/report.hpp"

namespace logmargin {

void report_command(const ParsedOptions& options) {
  const std::string& folder = options.operands().front();
  ReportOptions how;
  how.pdf = options.flag("pdf");
  const std::string missing = write_report(folder, how);
  fmt::print("wrote report.html to {}\n", folder);
  if (!missing.empty()) fmt::print(stderr, "logmargin: {}\n", missing);
}

}  // namespace logmargin
