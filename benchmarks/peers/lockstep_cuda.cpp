// logmargin's stepping of given networks on a GPU, as lockstep does it there: what the peers' loops on a GPU are
// measured against.

#include <algorithm>
#include <memory>

#include "job.hpp"
#include "kernels/batch/device_batch.hpp"
#include "kernels/runtime/gpu_description.hpp"
#include "kernels/runtime/launch_shape.hpp"

namespace {

using namespace logmargin;

/// The engine's: of one launch.
constexpr double launch_seconds = 0.1;

class Lockstep {
 public:
  explicit Lockstep(GpuDevice device) : device_(std::move(device)) {}

  peers::Json operator()(const peers::Json& job) {
    const Problem problem = make_problem(job.at("data").at(0), job.at("data").at(1), job.at("eta"));
    const peers::State state = peers::read_state(job.at("initial"));
    const std::size_t networks = state.size() / network_columns;
    if (networks != capacity_) {
      batch_.reset();
      batch_ = std::make_unique<DeviceBatch<double>>(device_.index, networks);
      capacity_ = networks;
    }
    batch_->restore_states(problem, state);
    const std::int64_t steps = job.at("steps");
    const IssueRate rate = issue_rate_in_double(device_.fp64_per_second());
    const peers::Stopwatch watch;
    const std::int64_t most = steps_per_launch(networks, rate, launch_seconds);
    for (std::int64_t left = steps; left > 0; left -= most) batch_->advance(std::min(left, most));
    const double seconds = watch.seconds();
    // The first columns are the networks.
    peers::State last = batch_->save_states();
    last.resize(network_columns * networks);
    peers::write_state(job.at("final"), last);
    return {{"seconds", {{"total", seconds}}}};
  }

 private:
  GpuDevice device_;
  std::unique_ptr<DeviceBatch<double>> batch_;
  std::size_t capacity_ = 0;
};

}  // namespace

int main() {
  const GpuDescription report = report_gpus();
  const std::string trouble = report.trouble.empty() ? report.devices[0].trouble : report.trouble;
  if (!trouble.empty()) {
    std::cout << peers::Json{{"skipped", trouble}} << std::endl;
    return 0;
  }
  peers::serve({{"device", report.devices[0].name}}, Lockstep(report.devices[0]));
}
