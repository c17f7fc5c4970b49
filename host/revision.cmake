# Writes OUTPUT with the version and what git says of SOURCE; "unknown" outside a checkout.
execute_process(COMMAND git -C ${SOURCE} rev-parse --short=12 HEAD
  OUTPUT_VARIABLE revision OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
  set(revision unknown)
  set(date "")
  set(dirty false)
else()
  execute_process(COMMAND git -C ${SOURCE} log -1 --format=%cs OUTPUT_VARIABLE date OUTPUT_STRIP_TRAILING_WHITESPACE)
  execute_process(COMMAND git -C ${SOURCE} status --porcelain OUTPUT_VARIABLE changes ERROR_QUIET)
  if(changes STREQUAL "")
    set(dirty false)
  else()
    set(dirty true)
  endif()
endif()
set(text "#pragma once

namespace logmargin {

inline constexpr char program_version[] = \"${VERSION}\";
inline constexpr char git_revision[] = \"${revision}\";
inline constexpr char git_date[] = \"${date}\";
inline constexpr bool git_dirty = ${dirty};

}  // namespace logmargin
")
if(EXISTS ${OUTPUT})
  file(READ ${OUTPUT} previous)
endif()
if(NOT text STREQUAL previous)
  file(WRITE ${OUTPUT} "${text}")
endif()
