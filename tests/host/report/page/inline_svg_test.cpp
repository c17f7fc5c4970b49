#include "host/report/page/inline_svg.hpp"

#include <gtest/gtest.h>

namespace logmargin::inline_svg_test {
namespace {

TEST(HtmlText, LeavesNothingThatHtmlReads) {
  EXPECT_EQ(html_text("<b a='1'>\"&\n"), "&lt;b a=&#39;1&#39;&gt;&quot;&amp; ");
}

const std::string svg =
    "<?xml version=\"1.0\"?><svg\n viewBox=\"0 0 9 9\"\n xmlns=\"http://www.w3.org/2000/svg\">"
    "<title>Gnuplot</title><g id=\"gnuplot_canvas\"><defs><circle id='gpDot'/></defs>"
    "<g id=\"gnuplot_plot_1\"><title>a</title><path stroke='rgb(  1,   2,   3)'/></g></g></svg>\n";

TEST(InlineSvg, KeepsTheDrawingWithoutIdentifiers) {
  EXPECT_EQ(inline_svg(svg, "T<", "D"),
            "<svg viewBox=\"0 0 9 9\" role=\"img\" aria-label=\"T&lt;. D\"><title>T&lt;</title><desc>D</desc>\n"
            "<g><g><path stroke='currentColor'/></g></g></svg>\n");
}

TEST(InlineSvg, KeepsTheLettersOfAnImage) {
  const std::string image = "<image xlink:href='data:image/png;base64,iVBORw0black+/='/>";
  const std::string path = "<path stroke='black' fill=\"black\"/>";
  EXPECT_NE(inline_svg("<svg viewBox=\"0 0 9 9\"><g id=\"gnuplot_canvas\">" + path + image + "</g></svg>", "T", "D")
                .find("<path stroke='currentColor' fill=\"currentColor\"/>" + image),
            std::string::npos);
}

TEST(InlineSvg, IsEmptyForHalfAPicture) {
  EXPECT_EQ(inline_svg(svg.substr(0, svg.size() - 8), "T", "D"), "");
  EXPECT_EQ(inline_svg("", "T", "D"), "");
}

}  // namespace
}  // namespace logmargin::inline_svg_test
