#pragma once

#include <array>
#include <string>
#include <vector>

namespace logmargin {

/// A picture as gnuplot makes it, and in words.
struct Figure {
  std::string name;         ///< of NAME.gp and NAME.svg: letters, digits, hyphens
  std::string title;        ///< one line
  std::string description;  ///< what it shows, with its numbers
  std::string commands;     ///< gnuplot's, from the axes to plot
};

/// A table of numbers that figures read.
struct FigureData {
  std::string name;  ///< a file name
  std::string text;
};

/// The pictures of one cell, or of the whole sweep.
struct FigureGroup {
  std::vector<Figure> figures;
  std::vector<FigureData> data;
};

/// Okabe and Ito's colours, told apart with every colour vision, on light and dark ground.
namespace colour {
inline constexpr const char* blue = "#0072B2";
inline constexpr const char* sky = "#56B4E9";
inline constexpr const char* vermilion = "#D55E00";
inline constexpr const char* orange = "#E69F00";
inline constexpr const char* green = "#009E73";
inline constexpr const char* purple = "#CC79A7";
inline constexpr const char* grey = "#8C8C8C";
/// Curves in one picture have these, the first first.
inline constexpr std::array<const char*, 7> of_curves = {blue, vermilion, green, orange, sky, purple, grey};
/// Stands for the page's text colour, which show_inline puts in its place.
inline constexpr const char* ink = "#010203";
}  // namespace colour

/// The script that makes FIGURE.svg, or FIGURE.pdf, in the folder that gnuplot runs in.
std::string script_text(const Figure& figure, bool pdf);

/// A text as gnuplot's single-quoted string.
std::string gnuplot_quoted(const std::string& text);

/// A number of a data file; NaN where it is not finite.
std::string data_number(double value);

/// Where an axis of log10 t from 0 to last ends: with the digits of a data file, so that its last point is within.
std::string time_axis_end(double last);

/// Commands for an axis of log10 t from 0 to last: powers of ten, about six of them.
std::string time_axis(double last);

/// An axis value that is a number as a label has it: 4 digits; any other as it is.
std::string label_text(const std::string& axis_value);

/// A number as a sentence has it: 4 digits, "none" where it is not finite.
std::string word_number(double value);

}  // namespace logmargin
