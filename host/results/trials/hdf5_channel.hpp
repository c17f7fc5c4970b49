#pragma once

#include <exception>

#include "host/results/folder/atomic_file.hpp"
#include "host/results/trials/hdf5_handle.hpp"

namespace logmargin {

/// Where an HDF5 file is kept, and what went wrong there. HDF5 cannot close a file that it could not write: it keeps it
/// open and complains at the program's end. So once a write has failed the rest is dropped, HDF5 is told that all is
/// well, and who writes asks for the trouble.
struct Hdf5Channel {
  AtomicFile& file;
  std::exception_ptr trouble = nullptr;
};

/// File access properties by which a file lives in the channel, whatever its name. The channel has to outlive the file.
/// Invalid where HDF5 refuses.
Hdf5Handle access_through(Hdf5Channel& channel);

}  // namespace logmargin
