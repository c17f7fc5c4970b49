# Fails where a folder includes one that it must not know: include/ is mathematics only, kernels/ knows include/ only.
# Usage: cmake -D ROOT=repository -P include_arrows.cmake
set(faults "")

# Precondition: folder holds at least one file where required is true.
function(forbid folder required)
  set(source ${ROOT}/${folder})
  file(GLOB_RECURSE files ${source}/*.hpp ${source}/*.cpp ${source}/*.cuh ${source}/*.cu)
  if(required AND NOT files)
    message(FATAL_ERROR "no source file in ${ROOT}/${folder}")
  endif()
  foreach(file IN LISTS files)
    file(STRINGS ${file} includes REGEX "^[ \t]*#[ \t]*include")
    foreach(line IN LISTS includes)
      foreach(forbidden IN LISTS ARGN)
        if(line MATCHES "[\"<]${forbidden}")
          string(APPEND faults "\n  ${file}: ${line}")
        endif()
      endforeach()
    endforeach()
  endforeach()
  set(faults "${faults}" PARENT_SCOPE)
endfunction()

forbid(include TRUE "host/" "kernels/" "tests/" "\\.\\./" "experimental/" "cuda" "iostream" "fstream" "cstdio" "fmt/"
       "vector>" "memory>" "string>")
forbid(kernels FALSE "host/" "tests/" "\\.\\./" "experimental/")
forbid(host TRUE "tests/" "benchmarks/")
if(faults)
  message(FATAL_ERROR "includes against the arrows of the architecture:${faults}")
endif()
