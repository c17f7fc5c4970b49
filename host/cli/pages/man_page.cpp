#include "host/cli/pages/man_page.hpp"

#include <fmt/format.h>

#include "host/cli/option_table.hpp"
#include "host/cli/wrapped_lines.hpp"

namespace logmargin {

namespace {

/// Returns the text so that roff shows it as it is.
std::string roff(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\') {
      escaped += "\\e";
    } else if (c == '-') {
      escaped += "\\-";
    } else if (c == '\'') {
      escaped += "\\(aq";
    } else if (c == '^') {
      escaped += "\\(ha";
    } else if (c == '~') {
      escaped += "\\(ti";
    } else if (c == '`') {
      escaped += "\\(ga";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

/// Returns the text as lines of the source. A dot at the start of a line would make it a request.
std::string paragraph(std::string_view text) {
  std::string lines;
  for (const std::string& line : wrapped_lines(roff(text), 78))
    lines += (line.starts_with('.') ? "\\&" : "") + line + "\n";
  return lines;
}

std::string option_entry(const OptionSpec& option) {
  std::string text = fmt::format(".TP\n\\fB\\-\\-{}\\fR", roff(option.name));
  if (!option.argument.empty()) text += fmt::format(" \\fI{}\\fR", roff(option.argument));
  text += "\n" + paragraph(option.help);
  if (!option.standard.empty()) text += ".br\n" + paragraph(fmt::format("Default: {}", option.standard));
  return text;
}

std::string command_section(const CommandSpec& command) {
  std::string text = fmt::format(".SS logmargin {}{}{}\n", roff(command.name), command.operands.empty() ? "" : " ",
                                 roff(command.operands)) +
                     paragraph(command.summary);
  for (const OptionSpec& option : command.options) text += option_entry(option);
  return text;
}

constexpr std::string_view description = R"(.SH DESCRIPTION
Gradient descent on two ReLU neurons and two training points reaches the
largest possible robustness margin, but only at the rate 1/ln t.
.B logmargin
trains thousands to billions of such networks at once and reports how their
margins, outcomes and rates are distributed.
The same options give the same bytes, whatever the number of threads or the
width of the processor\(aqs vectors.
.PP
An axis option (init, bias, eta, optimizer, loss, dim, data) takes one value
or several; the cells of a sweep are all their combinations.
)";

constexpr std::string_view after_options = R"(.SH CONFIGURATION
The file of
.B \-\-config
is TOML, one
.IR "KEY = VALUE"
a line, with options by their names without dashes.
Where the command line takes a list the file takes an array as well; a flag
is true or false.
The command line wins over the file; a flag is set by either.
.B sweep
and
.B replay
can share a file: each leaves aside what is an option of the other alone.
.PP
A file whose name ends in .json is a summary.json, whose config object
repeats its results, or that object by itself. What says where and how
(out, force, quiet, json, device, threads) is not taken from it.
.SH FILES
.B sweep \-\-out
.I DIR
writes
.TP
.I summary.json
everything: the options as used, and for each cell its outcomes, recorded t,
dips and rates
.TP
.I cells.csv
a row a cell
.TP
.I trajectory.csv
a row a cell and recorded t
.TP
.I histograms.csv
bars of the log exponent, of C / C in theory and of log10 t_eps
.TP
.IR report.html ", " figures
pictures and tables for any browser; each picture with its gnuplot script and
data
.TP
.I trials.h5
with
.BR \-\-trials\-out :
a row a network
.TP
.I trajectories.h5
with
.BR \-\-trajectories :
every network at every recorded t
.TP
.I shard\-I\-of\-N.tally
instead, with
.BR \-\-shard :
what
.B merge
adds up
.TP
.I checkpoint
a folder, until the run is complete: what
.B \-\-resume
continues from
.PP
Files appear whole or not at all.
.SH EXIT STATUS
.TP
.B 0
done
.TP
.B 1
an unforeseen error, or leaps that lockstep contradicts
.TP
.B 2
the command line or a configuration is wrong
.TP
.B 3
a file could not be read or written
.TP
.B 4
the device asked for cannot be used
.TP
.B 75
.B \-\-max\-time
is up; the same options and
.B \-\-resume
continue
.TP
.BR 130 ", " 143
interrupted
.SH ENVIRONMENT
.TP
.B NO_COLOR
where it is set and not empty, no colour is used on a terminal
.TP
.BR LC_ALL ", " LC_CTYPE ", " LANG
where the character set is not UTF\-8, bars are drawn in plain ASCII
.SH EXAMPLES
.nf
logmargin sweep \-\-trials 1000 \-\-steps 1e5
logmargin sweep \-\-init he\-normal,pytorch \-\-eta 0.01:1:3log \-\-out results
logmargin sweep \-\-config results/summary.json \-\-out again
logmargin compare results again
logmargin replay \-\-trial 4 \-\-at 0,1,10,100,1e4,1e6
.fi
.SH SEE ALSO
arXiv:2603.02095
)";

}  // namespace

std::string man_page(std::string_view version, std::string_view date) {
  std::string text =
      fmt::format(".TH LOGMARGIN 1 \"{}\" \"logmargin {}\" \"User Commands\"\n", date, version) + ".SH NAME\n" +
      paragraph(fmt::format("logmargin - {}", program_summary)) +
      ".SH SYNOPSIS\n.B logmargin\n.I COMMAND\n.RI [ options ]\n.br\n.B logmargin help\n.RI [ COMMAND ]\n"
      ".br\n.B logmargin \\-\\-version\n";
  text += description;
  text += ".SH COMMANDS\n";
  for (const CommandSpec& command : command_specs()) text += command_section(command);
  text += after_options;
  return text;
}

}  // namespace logmargin
