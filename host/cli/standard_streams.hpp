#pragma once

#include <string_view>

namespace logmargin {

/// Takes the descriptors of stdin, stdout and stderr where the program was started with them closed, so that no file
/// which it opens gets one of them and what is meant for people. Reading and writing them still fails.
void reserve_standard_streams();

/// Writes on stderr what stderr takes. A message that cannot be written, or whose reader is gone, changes nothing else.
void say_on_stderr(std::string_view text);

/// Writes "logmargin: WHAT" on stderr in one line, whatever is in it.
void complain(std::string_view what);

}  // namespace logmargin
