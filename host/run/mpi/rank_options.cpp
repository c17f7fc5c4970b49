#include "host/run/mpi/rank_options.hpp"

#include "host/cli/experiment_options.hpp"
#include "host/engine/cuda/gpu_support.hpp"
#include "host/error.hpp"
#include "host/plan/number.hpp"

namespace logmargin {

void require_options_for_ranks(const ParsedOptions& options, const RankLink& link) {
  if (link.count() == 1) return;
  if (options.given("shard") && options.text("shard") == "auto") {
    reject("--shard", "auto",
           "the ranks of MPI share one run: I/N is allowed; to make Slurm's tasks shards, start them without MPI "
           "(srun --mpi=none)");
  }
}

unsigned read_threads_of_rank(const ParsedOptions& options, const RankLink& link) {
  const unsigned threads = options.text("threads") == "all" ? link.cores() : read_threads(options);
  return options.text("device") == "reference" ? 1 : threads;
}

std::string device_of_rank(const ParsedOptions& options, const RankLink& link, const FallbackNote& note) {
  std::string device = options.text("device");
  const bool any_gpu = device == "auto" || device == "cuda";
  if (link.count() == 1 || !any_gpu || !takes_gpu(device, note)) return device;
  return gpu_for_local_rank(link.local_rank());
}

}  // namespace logmargin
