# find_package(logmargin): the target logmargin::logmargin, headers alone.
find_path(RANDOM123_INCLUDE_DIR Random123/philox.h)
if(NOT RANDOM123_INCLUDE_DIR)
  set(logmargin_FOUND FALSE)
  set(logmargin_NOT_FOUND_MESSAGE "logmargin needs the headers of Random123; RANDOM123_INCLUDE_DIR says where they are")
  return()
endif()
include(${CMAKE_CURRENT_LIST_DIR}/logmarginTargets.cmake)
target_include_directories(logmargin::logmargin SYSTEM INTERFACE ${RANDOM123_INCLUDE_DIR})
