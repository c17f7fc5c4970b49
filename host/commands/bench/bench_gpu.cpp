#include "host/commands/bench/bench_gpu.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "host/commands/bench/bench_work.hpp"
#include "host/engine/cuda/gpu_support.hpp"
#include "host/plan/axis.hpp"

namespace logmargin {

namespace {

using Json = nlohmann::ordered_json;

Json throughput_json(const GpuThroughput& measured) {
  return {{"trials", measured.networks},
          {"steps", measured.steps},
          {"data", measured.coupled ? "coupled" : "decoupled"},
          {"precision", name_of(measured.precision)},
          {"network_steps_per_s", measured.network_steps_per_s},
          {"bound_per_s", measured.bound_per_s},
          {"fraction", measured.fraction()},
          {"seconds_per_step", measured.seconds_per_step()},
          {measured.precision == Precision::mixed ? "fp32_per_network_step" : "fp64_per_network_step",
           measured.operations_per_network_step}};
}

std::vector<double> read_counts(const ParsedOptions& options, const std::string& name, double most) {
  return parse_number_axis("--" + name, options.text(name),
                           fmt::format("whole numbers from 1 to {:.0e} are allowed", most),
                           [&](double count) { return count >= 1.0 && count <= most && std::floor(count) == count; });
}

void print_row(const GpuThroughput& measured) {
  fmt::print("  {:>7.0e} {:>7} {:<9} {:<6} {:>11.3g} {:>10.3g} {:>6.0f} % {:>9.3g} ns\n",
             static_cast<double>(measured.networks), measured.steps, measured.coupled ? "coupled" : "decoupled",
             name_of(measured.precision), measured.network_steps_per_s, measured.bound_per_s,
             100.0 * measured.fraction(), 1e9 * measured.seconds_per_step());
}

}  // namespace

void bench_gpu(const ParsedOptions& options, const std::string& device) {
  const std::vector<double> sizes = read_counts(options, "trials", 1e8);
  const std::vector<double> lengths = read_counts(options, "steps", 1e9);
  std::vector<GpuThroughput> all;
  for (const LockstepWork& work : bench_work) {
    for (const double networks : sizes) {
      for (const double steps : lengths) {
        all.push_back(measure_gpu_throughput(device, static_cast<std::uint64_t>(networks),
                                             static_cast<std::int64_t>(steps), work.precision, work.coupled));
      }
    }
  }
  if (!options.flag("json")) {
    fmt::print(
        "lockstep on {}, the right neurons firing alone at all points\n\n"
        "                                   network-     FP64 or\n"
        "   trials   steps data      precision  steps/s FP32 bound fraction       a step\n",
        all.front().device);
    for (const GpuThroughput& measured : all) print_row(measured);
    return;
  }
  Json json = {{"device", all.front().device}};
  for (const GpuThroughput& measured : all) {
    // The measurement with the most networks and steps stands for the device.
    json[lockstep_key(measured.precision, measured.coupled)] = throughput_json(measured);
  }
  json["by_size"] = Json::array();
  for (const GpuThroughput& measured : all) json["by_size"].push_back(throughput_json(measured));
  fmt::print("{}\n", json.dump());
}

}  // namespace logmargin
