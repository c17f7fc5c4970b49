# Installs BUILD under FOLDER, looks at what is there, and lets the project beside this file use it.
# A library with sanitizers needs programs with them, so that these are compiled with the build's own flags.
# Usage: cmake -D BUILD=... -D SOURCE=... -D FOLDER=... -D GENERATOR=... -D COMPILER=... -D FLAGS=...
#        -P check_install.cmake
function(run output)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE trouble)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGN}\nended with ${status}\n${text}${trouble}")
  endif()
  set(${output} "${text}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${FOLDER})
run(text ${CMAKE_COMMAND} --install ${BUILD} --prefix ${FOLDER}/first)
# An install can be moved.
file(RENAME ${FOLDER}/first ${FOLDER}/prefix)

foreach(name bin/logmargin share/man/man1/logmargin.1 share/bash-completion/completions/logmargin
             share/zsh/site-functions/_logmargin share/cmake/logmargin/logmarginConfig.cmake
             share/cmake/logmargin/logmarginConfigVersion.cmake)
  if(NOT EXISTS ${FOLDER}/prefix/${name})
    message(FATAL_ERROR "${name} is not installed")
  endif()
endforeach()
file(GLOB_RECURSE own RELATIVE ${SOURCE}/include ${SOURCE}/include/logmargin/*.hpp)
file(GLOB_RECURSE installed RELATIVE ${FOLDER}/prefix/include ${FOLDER}/prefix/include/*)
list(FILTER installed EXCLUDE REGEX "^logmargin/(host/.*|run.hpp)$")
if(NOT "${own}" STREQUAL "${installed}")
  message(FATAL_ERROR "installed headers: ${installed}\nnot those of include: ${own}")
endif()
file(GLOB_RECURSE package ${FOLDER}/prefix/share/*.cmake)
foreach(file IN LISTS package)
  file(READ ${file} text)
  foreach(place ${SOURCE} ${BUILD} ${FOLDER})
    string(FIND "${text}" "${place}" at)
    if(NOT at EQUAL -1)
      message(FATAL_ERROR "${file} names ${place}")
    endif()
  endforeach()
endforeach()

run(version ${FOLDER}/prefix/bin/logmargin --version)
if(NOT version MATCHES "^logmargin [0-9]")
  message(FATAL_ERROR "the installed program says: ${version}")
endif()

run(text ${CMAKE_COMMAND} -G ${GENERATOR} -S ${CMAKE_CURRENT_LIST_DIR} -B ${FOLDER}/build
    -D CMAKE_PREFIX_PATH=${FOLDER}/prefix -D CMAKE_CXX_COMPILER=${COMPILER} "-DCMAKE_CXX_FLAGS=${FLAGS}"
    -D CMAKE_BUILD_TYPE=Release)
run(text ${CMAKE_COMMAND} --build ${FOLDER}/build)
run(ten ${FOLDER}/build/train_ten)
file(READ ${CMAKE_CURRENT_LIST_DIR}/train_ten.txt expected)
if(NOT ten STREQUAL expected)
  message(FATAL_ERROR "train_ten printed\n${ten}and not\n${expected}")
endif()
# Whole experiments: the program writes the same tables.
execute_process(COMMAND ${FOLDER}/build/two_step_sizes WORKING_DIRECTORY ${FOLDER}
                RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE trouble)
file(READ ${CMAKE_CURRENT_LIST_DIR}/two_step_sizes.txt expected)
if(NOT status EQUAL 0 OR NOT text STREQUAL expected)
  message(FATAL_ERROR "two_step_sizes ended with ${status} and printed\n${text}${trouble}\nnot\n${expected}")
endif()
run(text ${FOLDER}/prefix/bin/logmargin sweep --eta 0.1,0.5 --steps 1e30 --quiet --out ${FOLDER}/swept)
foreach(table cells.csv trajectory.csv histograms.csv)
  file(READ ${FOLDER}/swept/${table} swept)
  file(READ ${FOLDER}/results/two-step-sizes/${table} saved)
  if(NOT swept STREQUAL saved)
    message(FATAL_ERROR "${table} of two_step_sizes is not that of sweep")
  endif()
endforeach()
# The program has the same single networks.
foreach(trial RANGE 9)
  run(replayed ${FOLDER}/prefix/bin/logmargin replay --seed 5 --trial ${trial} --steps 1e5 --at 1e5
      --stepping lockstep --format json)
  string(JSON outcome GET "${replayed}" network outcome)
  string(JSON margin GET "${replayed}" rows 0 margin)
  string(REGEX REPLACE "^(0\\.....).*" "\\1" digits "${margin}")
  if(digits STREQUAL "")
    set(digits nan)
  endif()
  if(NOT ten MATCHES "(^|\n)${trial}: ${outcome}, margin ${digits}")
    message(FATAL_ERROR "replay of trial ${trial} has ${outcome} and ${margin}, train_ten\n${ten}")
  endif()
endforeach()
