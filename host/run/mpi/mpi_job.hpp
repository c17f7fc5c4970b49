#pragma once

#include <memory>

#include "host/run/mpi/rank_link.hpp"

namespace logmargin {

/// MpiJob is the job that this process is in. One of mpi_job.cpp and no_mpi_job.cpp is built.
class MpiJob {
 public:
  /// Joins the job where mpirun, or srun with PMIx, started the process; otherwise the process is alone. Throws
  /// UsageError where mpirun started several processes of a build without MPI.
  MpiJob();
  ~MpiJob();
  MpiJob(const MpiJob&) = delete;
  MpiJob& operator=(const MpiJob&) = delete;

  RankLink& link();
  /// Ends every process of the job at once. Returns without an effect where the process is alone.
  void abort(int status);

 private:
  std::unique_ptr<RankLink> link_;
};

}  // namespace logmargin
