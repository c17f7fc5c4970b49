#include "host/run/mpi/mpi_job.hpp"

#include <fmt/format.h>
#include <mpi.h>
#include <sched.h>

#include <chrono>
#include <cstdlib>
#include <list>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "host/engine/cpu/cpu_quota.hpp"
#include "host/run/mpi/core_share.hpp"
#include "host/run/mpi/single_process.hpp"

namespace logmargin {

namespace {

/// Returns whether MPI started this process: what starts ranks sets one of these variables.
bool started_by_mpi() { return std::getenv("OMPI_COMM_WORLD_SIZE") != nullptr || std::getenv("PMIX_RANK") != nullptr; }

/// MpiLink is the link over MPI_COMM_WORLD. Errors end the job: MPI_ERRORS_ARE_FATAL is the default, and says what
/// failed.
class MpiLink final : public RankLink {
 public:
  /// Joins the ranks. Precondition: MPI is initialised, for calls from one thread at a time at least.
  MpiLink() {
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &count_);
    char host[MPI_MAX_PROCESSOR_NAME] = {};
    int length = 0;
    MPI_Get_processor_name(host, &length);
    name_ = fmt::format("rank {} on {}", rank_, std::string(host, static_cast<std::size_t>(length)));
    share_machine();
  }

  ~MpiLink() override {
    for (Sending& sending : sendings_) MPI_Wait(&sending.request, MPI_STATUS_IGNORE);
  }
  MpiLink(const MpiLink&) = delete;
  MpiLink& operator=(const MpiLink&) = delete;

  unsigned rank() const override { return static_cast<unsigned>(rank_); }
  unsigned count() const override { return static_cast<unsigned>(count_); }
  std::string name() const override { return name_; }
  unsigned local_rank() const override { return local_rank_; }
  unsigned cores() const override { return cores_; }

  void send(unsigned to, std::string message) override {
    std::unique_lock lock(one_at_a_time_);
    for (forget_sent(); sendings_.size() >= most_on_the_way; forget_sent()) {
      lock.unlock();
      std::this_thread::sleep_for(std::chrono::microseconds(100));
      lock.lock();
    }
    Sending& sending = sendings_.emplace_back(Sending{std::move(message), MPI_REQUEST_NULL});
    // A message is sent only when it is received, so that none pile up where the other rank is slower.
    MPI_Issend(sending.message.data(), static_cast<int>(sending.message.size()), MPI_BYTE, static_cast<int>(to), tag,
               MPI_COMM_WORLD, &sending.request);
  }

  std::optional<std::string> poll(unsigned from) override {
    const std::lock_guard lock(one_at_a_time_);
    forget_sent();
    int arrived = 0;
    MPI_Message found = MPI_MESSAGE_NULL;
    MPI_Status status = {};
    MPI_Improbe(static_cast<int>(from), tag, MPI_COMM_WORLD, &arrived, &found, &status);
    if (arrived == 0) return std::nullopt;
    int size = 0;
    MPI_Get_count(&status, MPI_BYTE, &size);
    std::string message(static_cast<std::size_t>(size), '\0');
    MPI_Mrecv(message.data(), size, MPI_BYTE, &found, MPI_STATUS_IGNORE);
    return message;
  }

 private:
  static constexpr int tag = 1;
  static constexpr std::size_t most_on_the_way = 64;

  struct Sending {
    std::string message;
    MPI_Request request;
  };

  void forget_sent() {
    sendings_.remove_if([](Sending& sending) {
      int sent = 0;
      MPI_Test(&sending.request, &sent, MPI_STATUS_IGNORE);
      return sent != 0;
    });
  }

  void share_machine() {
    MPI_Comm machine = MPI_COMM_NULL;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine);
    int local_rank = 0;
    int local_count = 0;
    MPI_Comm_rank(machine, &local_rank);
    MPI_Comm_size(machine, &local_count);
    cpu_set_t own;
    CPU_ZERO(&own);
    sched_getaffinity(0, sizeof own, &own);
    std::vector<cpu_set_t> all(static_cast<std::size_t>(local_count));
    MPI_Allgather(&own, sizeof own, MPI_BYTE, all.data(), sizeof own, MPI_BYTE, machine);
    MPI_Comm_free(&machine);
    local_rank_ = static_cast<unsigned>(local_rank);
    // The ranks of a machine share the quota of their job.
    const std::optional<double> quota = cpu_quota();
    cores_ = threads_within(core_share(all, local_rank_), quota ? std::optional(*quota / local_count) : std::nullopt);
  }

  int rank_ = 0;
  int count_ = 1;
  std::string name_;
  unsigned local_rank_ = 0;
  unsigned cores_ = 1;
  std::mutex one_at_a_time_;
  std::list<Sending> sendings_;
};

}  // namespace

MpiJob::MpiJob() {
  if (!started_by_mpi()) {
    link_ = std::make_unique<SingleProcess>();
    return;
  }
  int provided = 0;
  MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided);
  if (provided < MPI_THREAD_SERIALIZED) MPI_Abort(MPI_COMM_WORLD, EXIT_FAILURE);
  link_ = std::make_unique<MpiLink>();
}

MpiJob::~MpiJob() {
  link_.reset();
  int started = 0;
  MPI_Initialized(&started);
  if (started != 0) MPI_Finalize();
}

RankLink& MpiJob::link() { return *link_; }

void MpiJob::abort(int status) {
  if (link_->count() > 1) MPI_Abort(MPI_COMM_WORLD, status);
}

}  // namespace logmargin
