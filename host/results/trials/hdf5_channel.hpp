#pragma once

#include <exception>

#include "host/results/folder/atomic_file.hpp"
#include "host/results/trials/hdf5_handle.hpp"

namespace logmargin {

/// Hdf5Channel says where an HDF5 file is kept, and what went wrong there. HDF5 cannot close a file that it could not
/// write: it keeps it open and complains at the program's end. So once a write has failed the rest is dropped and HDF5
/// is told that all is well. The caller that writes has to ask for the trouble.
struct Hdf5Channel {
  AtomicFile& file;
  std::exception_ptr trouble = nullptr;
};

/// Returns file access properties by which a file is kept in the channel, whatever its name. The channel has to outlive
/// the file. The handle is invalid where HDF5 refuses.
Hdf5Handle access_through(Hdf5Channel& channel);

}  // namespace logmargin
