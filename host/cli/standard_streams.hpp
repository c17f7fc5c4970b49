#pragma once

#include <string_view>

namespace logmargin {

/// Takes the descriptors of stdin, stdout and stderr that whoever started the program has closed, so that no file which
/// it opens gets one of them and what is meant for people. Reading and writing them goes on to fail.
void reserve_standard_streams();

/// Writes on stderr what stderr takes. A message that cannot be said, or whose reader is gone, changes nothing else.
void say_on_stderr(std::string_view text);

/// Says "logmargin: WHAT" in one line, whatever is in it.
void complain(std::string_view what);

}  // namespace logmargin
