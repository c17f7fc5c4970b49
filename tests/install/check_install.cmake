# Installs BUILD under FOLDER, looks at what is there, and lets the project beside this file use it.
# Usage: cmake -D BUILD=... -D SOURCE=... -D FOLDER=... -D GENERATOR=... -D COMPILER=... -P check_install.cmake
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
file(GLOB_RECURSE own RELATIVE ${SOURCE}/include ${SOURCE}/include/logmargin/*)
file(GLOB_RECURSE installed RELATIVE ${FOLDER}/prefix/include ${FOLDER}/prefix/include/*)
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
    -D CMAKE_PREFIX_PATH=${FOLDER}/prefix -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_BUILD_TYPE=Release)
run(text ${CMAKE_COMMAND} --build ${FOLDER}/build)
run(text ${FOLDER}/build/train_ten)
file(READ ${CMAKE_CURRENT_LIST_DIR}/expected.txt expected)
if(NOT text STREQUAL expected)
  message(FATAL_ERROR "train_ten printed\n${text}and not\n${expected}")
endif()
# The program has the same.
foreach(trial RANGE 9)
  run(replayed ${FOLDER}/prefix/bin/logmargin replay --seed 5 --trial ${trial} --steps 1e5 --at 1e5
      --stepping lockstep --format json)
  string(JSON outcome GET "${replayed}" network outcome)
  string(JSON margin GET "${replayed}" rows 0 margin)
  string(REGEX REPLACE "^(0\\.....).*" "\\1" digits "${margin}")
  string(REGEX REPLACE "^0\\.0$" "0" digits "${digits}")
  if(NOT text MATCHES "(^|\n)${trial}: ${outcome}, margin ${digits}")
    message(FATAL_ERROR "replay of trial ${trial} has ${outcome} and ${margin}, train_ten\n${text}")
  endif()
endforeach()
