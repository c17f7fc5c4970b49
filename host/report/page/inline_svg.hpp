#pragma once

#include <string>
#include <string_view>

namespace logmargin {

/// Returns a text as HTML shows it, in an element or a quoted attribute. Control characters become spaces.
std::string html_text(std::string_view text);

/// Returns gnuplot's SVG as an element of an HTML page. It has no identifiers, which would come twice, the page's text
/// colour for colour::ink, and the description for those who do not see it. The text is empty where svg is not a whole
/// picture.
std::string inline_svg(std::string_view svg, std::string_view title, std::string_view description);

}  // namespace logmargin
