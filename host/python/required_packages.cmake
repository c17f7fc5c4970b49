# Fails in one line where headers are missing that the build needs, and names Debian's packages that have them: pip shows
# no more.
set(missing_packages "")
foreach(needed "cxxopts.hpp libcxxopts-dev" "fmt/format.h libfmt-dev" "nlohmann/json.hpp nlohmann-json3-dev"
               "toml++/toml.h libtomlplusplus-dev" "Random123/philox.h librandom123-dev" "zlib.h zlib1g-dev")
  string(REPLACE " " ";" needed "${needed}")
  list(GET needed 0 header)
  list(GET needed 1 package)
  find_path(LOGMARGIN_FOLDER_OF_${package} ${header} NO_CACHE)
  if(NOT LOGMARGIN_FOLDER_OF_${package})
    string(APPEND missing_packages " ${package}")
  endif()
endforeach()
if(missing_packages)
  message(FATAL_ERROR "headers are missing; on Debian type: apt-get install${missing_packages}")
endif()
