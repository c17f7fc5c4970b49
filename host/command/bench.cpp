#include "host/command/bench.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "host/command/bench_gpu.hpp"
#include "host/command/bench_leaps.hpp"
#include "host/command/bench_methods.hpp"
#include "host/command/bench_work.hpp"
#include "host/command/plan_options.hpp"
#include "host/engine/device.hpp"
#include "host/engine/operation_count.hpp"
#include "host/engine/throughput.hpp"

namespace logmargin {

namespace {

using Json = nlohmann::ordered_json;

struct Measured {
  std::string name;
  unsigned threads;
  BenchWork work;
  Throughput throughput;
};

OperationCount operations_of(const BenchWork& work) { return count_gradient_step(work.precision, work.coupled); }

Json throughput_json(const Measured& measured) {
  return {{"kernels", measured.name},
          {"threads", measured.threads},
          {"data", measured.work.coupled ? "coupled" : "decoupled"},
          {"precision", name_of(measured.work.precision)},
          {"network_steps_per_s", measured.throughput.network_steps_per_s},
          {"bound_per_s", measured.throughput.bound_per_s},
          {"fraction", measured.throughput.fraction()},
          {"fma_per_s", measured.throughput.fma_lanes_per_s},
          {"fma_unit_operations_per_network_step", operations_of(measured.work).on_fma_units()}};
}

std::vector<Measured> measure(const std::vector<LaneKernels>& kernels, unsigned threads) {
  std::vector<Measured> all;
  const auto add = [&](const LaneKernels& of, unsigned on, const BenchWork& work) {
    all.push_back({std::string(of.name), on, work, measure_throughput(of, on, work.precision, work.coupled)});
  };
  constexpr BenchWork standard = bench_work.front();
  for (const LaneKernels& of : kernels) {
    // One network at a time without FMA hardware is no competitor, and slow to measure.
    if (of.lanes > 1 || kernels.size() == 1) add(of, 1, standard);
  }
  for (const BenchWork& work : bench_work) {
    if (threads > 1 || work.coupled || work.precision != standard.precision) add(kernels.back(), threads, work);
  }
  return all;
}

void print_table(const std::vector<Measured>& all) {
  fmt::print("lockstep, every point alive, no point skipped; a network-step of decoupled data is\n");
  for (const Precision precision : {Precision::in_double, Precision::mixed}) {
    const OperationCount count = count_gradient_step(precision, false);
    fmt::print("{:<7} {} fma, {} mul, {} add, {} compare: {} on the FMA units\n", std::string(name_of(precision)) + ':',
               count.fused_multiply_adds, count.multiplications, count.additions, count.comparisons_and_limits,
               count.on_fma_units());
  }
  fmt::print("\n  kernels  threads  data       precision  network-steps/s  FMA-unit bound fraction\n");
  for (const Measured& measured : all) {
    fmt::print("  {:<8} {:>7}  {:<10} {:<9} {:>16.3g} {:>15.3g} {:>6.0f} %\n", measured.name, measured.threads,
               measured.work.coupled ? "coupled" : "decoupled", name_of(measured.work.precision),
               measured.throughput.network_steps_per_s, measured.throughput.bound_per_s,
               100.0 * measured.throughput.fraction());
  }
}

}  // namespace

void bench_command(const ParsedOptions& options) {
  const unsigned threads = read_threads(options);
  const std::string device = options.text("device");
  if (takes_gpu(device)) {
    bench_gpu(options, device == "auto" ? "cuda" : device);
    return;
  }
  const std::unique_ptr<Engine> engine = make_engine(device, threads);
  std::vector<LaneKernels> kernels = available_lane_kernels();
  if (device.starts_with("cpu:")) {
    std::erase_if(kernels, [&](const LaneKernels& of) { return of.name != device.substr(4); });
  }
  const std::vector<Measured> all = measure(kernels, threads);
  const Json methods = measure_methods(kernels.back(), threads);
  const LeapThroughput leaps = measure_leaps(*engine);
  if (!options.flag("json")) {
    print_table(all);
    fmt::print("\nother optimisers and losses, decoupled data, {} thread{}\n{}", threads, threads == 1 ? "" : "s",
               methods_table(methods));
    fmt::print("\nby leaps to t = 1e300, {} recorded t, all statistics, {} thread{}: {:.3g} networks/s\n",
               leaps.recorded_times, threads, threads == 1 ? "" : "s", leaps.networks_per_s);
    return;
  }
  Json json = {{"device", engine->description()}};
  json["leap"] = {{"networks_per_s", leaps.networks_per_s},
                  {"horizon", 1e300},
                  {"recorded_times", leaps.recorded_times},
                  {"threads", threads}};
  for (const Measured& measured : all) {
    if (measured.name != kernels.back().name) continue;
    const bool one_thread = measured.threads == 1 && threads > 1;
    json[one_thread ? "lockstep_one_thread" : lockstep_key(measured.work)] = throughput_json(measured);
  }
  json["methods"] = methods;
  json["by_kernels"] = Json::array();
  for (const Measured& measured : all) json["by_kernels"].push_back(throughput_json(measured));
  fmt::print("{}\n", json.dump());
}

}  // namespace logmargin
