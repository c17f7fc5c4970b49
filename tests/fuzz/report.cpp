// A summary.json and, from its header on, a histograms.csv: all that `logmargin report` reads. No gnuplot is to be
// found.

#include "host/report/report.hpp"

#include <stdlib.h>

#include "host/results/files/histograms_csv.hpp"
#include "tests/fuzz/support/answers.hpp"
#include "tests/fuzz/support/input.hpp"
#include "tests/host/results/scratch_folder.hpp"

using namespace logmargin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const testing::ScratchFolder scratch;
  static const std::atomic<int> not_stopped{0};
  static const int no_gnuplot = ::setenv("PATH", "/nowhere", 1);
  fuzz::require(no_gnuplot == 0, "gnuplot can be hidden");
  const std::string text(fuzz::text_of(data, size));
  const std::size_t histograms = std::min(text.find(histograms_header), text.size());
  testing::write_text(scratch / "summary.json", text.substr(0, histograms));
  testing::write_text(scratch / "histograms.csv", text.substr(histograms));
  if (!fuzz::is_taken([&] { write_report(scratch.path(), read_report_data(scratch.path()), {}, not_stopped); }))
    return 0;
  const std::string page = testing::contents(scratch / "report.html");
  fuzz::require(page.ends_with("</html>\n"), "a report is a whole page");
  fuzz::require(page.find("<script") == std::string::npos, "nothing that a report shows becomes a script");
  return 0;
}
