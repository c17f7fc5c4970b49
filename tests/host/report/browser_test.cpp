#include <gtest/gtest.h>

#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/program.hpp"

namespace logmargin::testing::browser_test {
namespace {

/// What the browser makes of a page from a file, with an own profile.
Finished seen_in_browser(const std::string& browser, const ScratchFolder& scratch, const std::filesystem::path& page) {
  return RunningProgram({browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                         "--dump-dom", "--user-data-dir=" + (scratch / "profile").string(), "--enable-logging=stderr",
                         "--v=0",
                         // A request to any host fails, and says so on the console.
                         "--host-resolver-rules=MAP * ~NOTFOUND", "file://" + page.string()})
      .wait();
}

TEST(Browser, DrawsEveryFigureWithoutAComplaint) {
  const std::string browser = "/usr/bin/chromium";
  if (!std::filesystem::exists(browser)) GTEST_SKIP() << "chromium is not installed";
  if (!std::filesystem::exists("/usr/bin/gnuplot")) GTEST_SKIP() << "gnuplot is not installed";
  const ScratchFolder scratch;
  write_text(scratch / "plain.html", "<!DOCTYPE html><title>plain</title>");
  const Finished plain = seen_in_browser(browser, scratch, scratch / "plain.html");
  if (plain.out.find("<title>plain</title>") == std::string::npos) {
    GTEST_SKIP() << "chromium shows no page here: " << plain.err.substr(0, 300);
  }
  const Finished sweep = run_logmargin({"sweep", "--trials", "300", "--steps", "1e8", "--eta", "0.1,0.2", "--quiet",
                                        "--out", (scratch / "out").string()});
  ASSERT_EQ(sweep.exit_status, 0) << sweep.err;
  // Reports what it sees in the page's title, where --dump-dom shows it.
  std::string page = contents(scratch / "out/report.html");
  page.insert(page.rfind("</body>"),
              "<script>let drawn = 0; const all = document.querySelectorAll('figure');"
              "for (const figure of all) { const svg = figure.querySelector('svg'); if (!svg) continue;"
              "const box = svg.getBoundingClientRect(); const ink = svg.querySelector('g').getBBox();"
              "if (box.width > 200 && box.height > 100 && ink.width > 100 && svg.querySelectorAll('path').length > 3)"
              " drawn++; }"
              "document.title = 'drawn ' + drawn + ' of ' + all.length + ', loaded ' +"
              " performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:')).length;</script>");
  write_text(scratch / "out/report.html", page);
  const Finished seen = seen_in_browser(browser, scratch, scratch / "out/report.html");
  ASSERT_EQ(seen.exit_status, 0) << seen.err;
  EXPECT_NE(seen.out.find("<title>drawn 24 of 24, loaded 0</title>"), std::string::npos)
      << seen.out.substr(seen.out.find("<title>"), 80);
  EXPECT_EQ(seen.err.find("CONSOLE"), std::string::npos) << seen.err;
}

}  // namespace
}  // namespace logmargin::testing::browser_test
