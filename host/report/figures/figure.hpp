#pragma once

#include <array>
#include <string>
#include <vector>

namespace logmargin {

/// Figure is a picture as gnuplot makes it, and in words.
struct Figure {
  std::string name;         ///< of NAME.gp and NAME.svg: letters, digits, hyphens
  std::string title;        ///< one line
  std::string description;  ///< what it shows, with its numbers
  std::string commands;     ///< gnuplot's, from the axes to plot
};

/// FigureData is a table of numbers that figures read.
struct FigureData {
  std::string name;  ///< a file name
  std::string text;
};

/// FigureGroup holds the pictures of one cell, or of the whole sweep.
struct FigureGroup {
  std::vector<Figure> figures;
  std::vector<FigureData> data;
};

/// These are Okabe and Ito's colours, which are told apart with every colour vision, on light and dark ground.
namespace colour {
inline constexpr const char* blue = "#0072B2";
inline constexpr const char* sky = "#56B4E9";
inline constexpr const char* vermilion = "#D55E00";
inline constexpr const char* orange = "#E69F00";
inline constexpr const char* green = "#009E73";
inline constexpr const char* purple = "#CC79A7";
inline constexpr const char* grey = "#8C8C8C";
/// Curves in one picture have these colours, in this order.
inline constexpr std::array<const char*, 7> of_curves = {blue, vermilion, green, orange, sky, purple, grey};
/// This colour stands for the page's text colour, which inline_svg puts in its place.
inline constexpr const char* ink = "#010203";
}  // namespace colour

/// Returns the script that makes FIGURE.svg, or FIGURE.pdf, in the folder that gnuplot runs in.
std::string script_text(const Figure& figure, bool pdf);

/// Returns a text as gnuplot's single-quoted string.
std::string gnuplot_quoted(const std::string& text);

/// Returns a number as a data file has it, NaN where it is not finite.
std::string data_number(double value);

/// Returns where an axis of log10 t from 0 to last ends, with the digits of a data file, so that its last point is
/// within.
std::string time_axis_end(double last);

/// Returns the commands for an axis of log10 t from 0 to last, with powers of ten, about six of them.
std::string time_axis(double last);

/// Returns an axis value as a label has it: a number with 4 digits, any other value as it is.
std::string label_text(const std::string& axis_value);

/// Returns a number as a sentence has it: with 4 digits, or "none" where it is not finite.
std::string word_number(double value);

}  // namespace logmargin
