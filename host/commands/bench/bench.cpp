#include "host/commands/bench/bench.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "host/cli/experiment_options.hpp"
#include "host/commands/bench/bench_gpu.hpp"
#include "host/commands/bench/bench_leaps.hpp"
#include "host/commands/bench/bench_methods.hpp"
#include "host/commands/bench/bench_records.hpp"
#include "host/commands/bench/bench_start.hpp"
#include "host/commands/bench/bench_work.hpp"
#include "host/engine/device.hpp"
#include "host/engine/speed/throughput.hpp"
#include "host/plan/number.hpp"

namespace logmargin {

namespace {

using Json = nlohmann::ordered_json;

struct Measured {
  std::string name;
  unsigned threads;
  LockstepWork work;
  Throughput throughput;
};

Json throughput_json(const Measured& measured) {
  return {{"kernels", measured.name},
          {"threads", measured.threads},
          {"data", measured.work.coupled ? "coupled" : "decoupled"},
          {"from_t", measured.work.from_t},
          {"precision", name_of(measured.work.precision)},
          {"network_steps_per_s", measured.throughput.network_steps_per_s},
          {"bound_per_s", measured.throughput.bound_per_s},
          {"fraction", measured.throughput.fraction()},
          {"fma_per_s", measured.throughput.fma_lanes_per_s},
          {"fma_unit_operations_per_network_step", measured.throughput.operations}};
}

std::vector<Measured> measure(const std::vector<SimdDispatchTable>& kernels, unsigned threads) {
  std::vector<Measured> all;
  const auto add = [&](const SimdDispatchTable& of, unsigned on, const LockstepWork& work) {
    all.push_back({std::string(of.name), on, work, measure_throughput(of, on, work)});
  };
  constexpr LockstepWork standard = bench_work.front();
  for (const SimdDispatchTable& of : kernels) {
    // One network at a time without FMA hardware is no competitor, and slow to measure.
    if (of.lanes > 1 || kernels.size() == 1) add(of, 1, standard);
  }
  for (const std::int64_t from_t : {standard.from_t, std::int64_t{2048}, std::int64_t{0}}) {
    for (LockstepWork work : bench_work) {
      work.from_t = from_t;
      const bool measured =
          threads == 1 && from_t == standard.from_t && !work.coupled && work.precision == standard.precision;
      if (!measured) add(kernels.back(), threads, work);
    }
  }
  return all;
}

void print_table(const std::vector<Measured>& all) {
  fmt::print(
      "lockstep, the right neurons firing alone at all points, as is soon so at nearly all.\n"
      "The later the steps, the fewer operations they take. FMA ops: of the FMA units in a\n"
      "network-step; the bound is what these units could do.\n\n"
      "  kernels threads data      precision from t network-steps/s FMA ops     bound fraction\n");
  for (const Measured& measured : all) {
    const Throughput& of = measured.throughput;
    fmt::print("  {:<7} {:>7} {:<9} {:<9} {:>6} {:>15.3g} {:>7.1f} {:>9.3g} {:>6.0f} %\n", measured.name,
               measured.threads, measured.work.coupled ? "coupled" : "decoupled", name_of(measured.work.precision),
               measured.work.from_t, of.network_steps_per_s, of.operations, of.bound_per_s, 100.0 * of.fraction());
  }
}

struct AllMeasured {
  std::vector<Measured> lockstep;
  Json methods;
  LeapThroughput leaps;
  RecordThroughput records;
  StartTimes start;
};

struct Processor {
  std::string engine;        ///< in words
  std::string_view kernels;  ///< the instruction set in use
  unsigned threads;
};

Json bench_json(const AllMeasured& measured, const Processor& use) {
  Json json = {{"device", use.engine}};
  json["leap"] = {{"networks_per_s", measured.leaps.networks_per_s},
                  {"horizon", 1e300},
                  {"recorded_times", measured.leaps.recorded_times},
                  {"share_of_records", measured.leaps.share_of_records},
                  {"share_of_thresholds", measured.leaps.share_of_thresholds},
                  {"threads", use.threads}};
  for (const Measured& row : measured.lockstep) {
    if (row.name != use.kernels) continue;
    const bool one_thread = row.threads == 1 && use.threads > 1;
    const std::string later =
        row.work.from_t == bench_work.front().from_t ? "" : fmt::format("_from_{}", row.work.from_t);
    const std::string key = lockstep_key(row.work.precision, row.work.coupled) + later;
    json[one_thread ? "lockstep_one_thread" : key] = throughput_json(row);
  }
  json["methods"] = measured.methods;
  json["record"] = {{"records_per_s", measured.records.records_per_s},
                    {"steps_a_record", measured.records.steps_a_record},
                    {"speed_kept_at_every_1", measured.records.speed_kept},
                    {"threads", use.threads}};
  json["start"] = {{"version_s", measured.start.version_s}, {"smallest_sweep_s", measured.start.sweep_s}};
  json["by_kernels"] = Json::array();
  for (const Measured& row : measured.lockstep) json["by_kernels"].push_back(throughput_json(row));
  return json;
}

void print_rest(const AllMeasured& measured) {
  const auto percent = [](double share) { return 100.0 * share; };
  fmt::print("\nleaps to t = 1e300:  {:.3g} networks/s; {} recorded t take {:.0f} % of the time, 3 gaps {:.0f} %\n",
             measured.leaps.networks_per_s, measured.leaps.recorded_times, percent(measured.leaps.share_of_records),
             percent(measured.leaps.share_of_thresholds));
  fmt::print("--record every=1:    {:.3g} records/s; a record takes the time of {:.2g} steps\n",
             measured.records.records_per_s, measured.records.steps_a_record);
  fmt::print("starting a process:  {:.2g} s for the smallest sweep, {:.2g} s for --version\n", measured.start.sweep_s,
             measured.start.version_s);
}

}  // namespace

void bench_command(const ParsedOptions& options) {
  const unsigned threads = read_threads(options);
  const std::string device = options.text("device");
  const bool on_cpu = device == "auto" || device == "cpu" || device.starts_with("cpu:");
  if (!on_cpu && !device.starts_with("cuda")) {
    reject("--device", device, "auto, cpu, cpu:ISA, cuda and cuda:I are allowed here");
  }
  if (takes_gpu(device)) {
    bench_gpu(options, device == "auto" ? "cuda" : device);
    return;
  }
  const std::unique_ptr<Engine> engine = make_engine(device, threads);
  std::vector<SimdDispatchTable> kernels = available_simd_dispatch_tables();
  if (device.starts_with("cpu:")) {
    std::erase_if(kernels, [&](const SimdDispatchTable& of) { return of.name != device.substr(4); });
  }
  const SimdDispatchTable& used = kernels.back();
  const AllMeasured measured = {measure(kernels, threads), measure_methods(used, threads), measure_leaps(*engine),
                                measure_records(*engine), measure_start(fmt::format("cpu:{}", used.name))};
  const Processor use = {engine->description(), used.name, threads};
  if (options.flag("json")) {
    fmt::print("{}\n", bench_json(measured, use).dump());
    return;
  }
  print_table(measured.lockstep);
  fmt::print("\nother optimisers and losses, decoupled data, {} thread{}\n{}", threads, threads == 1 ? "" : "s",
             methods_table(measured.methods));
  print_rest(measured);
}

}  // namespace logmargin
