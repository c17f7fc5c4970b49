#include <cstdlib>

#include "host/error.hpp"
#include "host/plan/number.hpp"
#include "host/run/mpi/mpi_job.hpp"
#include "host/run/mpi/single_process.hpp"

namespace logmargin {

MpiJob::MpiJob() : link_(std::make_unique<SingleProcess>()) {
  const char* size = std::getenv("OMPI_COMM_WORLD_SIZE");
  if (size == nullptr || parse_whole(size).value_or(1.0) <= 1.0) return;
  throw UsageError(
      "mpirun started several processes, but this build has no MPI: each would do all the work; build "
      "with LOGMARGIN_MPI=ON, where Open MPI is installed");
}

MpiJob::~MpiJob() = default;

RankLink& MpiJob::link() { return *link_; }

void MpiJob::abort(int) {}

}  // namespace logmargin
