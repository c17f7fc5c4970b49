# Decides LOGMARGIN_HAS_MPI, and finds the library.
set(LOGMARGIN_MPI AUTO CACHE STRING "Build sweeps over the ranks of mpirun: AUTO (where MPI is found), ON or OFF")
set_property(CACHE LOGMARGIN_MPI PROPERTY STRINGS AUTO ON OFF)

set(LOGMARGIN_HAS_MPI OFF)
if(LOGMARGIN_MPI STREQUAL "OFF")
  return()
endif()
# MPI's C interface is enough.
set(MPI_CXX_SKIP_MPICXX ON)
find_package(MPI 3.0 COMPONENTS CXX)
if(MPI_CXX_FOUND)
  set(LOGMARGIN_HAS_MPI ON)
elseif(LOGMARGIN_MPI STREQUAL "ON")
  message(FATAL_ERROR "LOGMARGIN_MPI is ON, but MPI was not found; install it (Debian: libopenmpi-dev, openmpi-bin)")
endif()
