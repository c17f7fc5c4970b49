#include "host/command/bench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/command/bench_gpu.hpp"
#include "host/command/bench_leaps.hpp"
#include "host/command/bench_limits.hpp"
#include "host/command/bench_methods.hpp"
#include "host/command/bench_records.hpp"
#include "host/command/bench_start.hpp"
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
  LockstepWork work;
  Throughput throughput;
};

Json throughput_json(const Measured& measured) {
  return {{"kernels", measured.name},
          {"threads", measured.threads},
          {"data", measured.work.coupled ? "coupled" : "decoupled"},
          {"points", measured.work.settled ? "settled" : "any"},
          {"precision", name_of(measured.work.precision)},
          {"network_steps_per_s", measured.throughput.network_steps_per_s},
          {"bound_per_s", measured.throughput.bound_per_s},
          {"fraction", measured.throughput.fraction()},
          {"fma_per_s", measured.throughput.fma_lanes_per_s},
          {"fma_unit_operations_per_network_step", operations_of(measured.work).on_fma_units()}};
}

std::vector<Measured> measure(const std::vector<LaneKernels>& kernels, unsigned threads) {
  std::vector<Measured> all;
  const auto add = [&](const LaneKernels& of, unsigned on, const BenchWork& work, bool settled) {
    const LockstepWork lockstep = {work.precision, work.coupled, settled};
    all.push_back({std::string(of.name), on, lockstep, measure_throughput(of, on, lockstep)});
  };
  constexpr BenchWork standard = bench_work.front();
  for (const LaneKernels& of : kernels) {
    // One network at a time without FMA hardware is no competitor, and slow to measure.
    if (of.lanes > 1 || kernels.size() == 1) add(of, 1, standard, true);
  }
  for (const bool settled : {true, false}) {
    for (const BenchWork& work : bench_work) {
      const bool measured = threads == 1 && settled && !work.coupled && work.precision == standard.precision;
      if (!measured) add(kernels.back(), threads, work, settled);
    }
  }
  return all;
}

void print_table(const std::vector<Measured>& all) {
  fmt::print(
      "lockstep, every point alive, none skipped: those that have settled, as nearly all\n"
      "soon have, and any. A network-step of decoupled data is\n");
  for (const Precision precision : {Precision::in_double, Precision::mixed}) {
    for (const bool settled : {true, false}) {
      const OperationCount count = operations_of({precision, false, settled});
      fmt::print("{:<7} {:<8} {} fma, {} mul, {} add, {} compare: {} on the FMA units\n", name_of(precision),
                 settled ? "settled:" : "any:", count.fused_multiply_adds, count.multiplications, count.additions,
                 count.comparisons_and_limits, count.on_fma_units());
    }
  }
  fmt::print("\n  kernels threads data      points  precision network-steps/s FMA-unit bound fraction\n");
  for (const Measured& measured : all) {
    fmt::print("  {:<7} {:>7} {:<9} {:<7} {:<9} {:>15.3g} {:>14.3g} {:>6.0f} %\n", measured.name, measured.threads,
               measured.work.coupled ? "coupled" : "decoupled", measured.work.settled ? "settled" : "any",
               name_of(measured.work.precision), measured.throughput.network_steps_per_s,
               measured.throughput.bound_per_s, 100.0 * measured.throughput.fraction());
  }
}

/// What the instruction set in use reaches with all threads.
const Measured& with_all_threads(const std::vector<Measured>& all, const LockstepWork& work) {
  return *std::find_if(all.rbegin(), all.rend(), [&](const Measured& measured) {
    return measured.work.precision == work.precision && measured.work.coupled == work.coupled &&
           measured.work.settled == work.settled;
  });
}

/// Every instruction set is measured on one thread first.
const Measured& with_one_thread(const std::vector<Measured>& all, std::string_view name) {
  return *std::find_if(all.begin(), all.end(), [&](const Measured& measured) { return measured.name == name; });
}

struct AllMeasured {
  std::vector<Measured> lockstep;
  Json methods;
  LeapThroughput leaps;
  RecordThroughput records;
  StartTimes start;
};

std::vector<BenchLimit> limits_of(const AllMeasured& measured, const ProcessorUse& use) {
  const auto rate = [&](const LockstepWork& work) { return with_all_threads(measured.lockstep, work).throughput; };
  constexpr LockstepWork decoupled = {Precision::in_double, false, true}, mixed = {Precision::mixed, false, true};
  const std::pair<const char*, LockstepWork> works[] = {
      {"lockstep", decoupled},
      {"lockstep, coupled data", {Precision::in_double, true, true}},
      {"lockstep, points not settled yet", {Precision::in_double, false, false}}};
  std::vector<BenchLimit> limits;
  for (const auto& [name, work] : works) {
    limits.push_back(
        lockstep_limit(name, rate(work).network_steps_per_s, rate(work).fraction(), operations_of(work), use));
  }
  limits.push_back(mixed_limit(rate(mixed).network_steps_per_s, rate(mixed).fraction(), operations_of(mixed),
                               rate(decoupled).network_steps_per_s, use));
  limits.push_back(method_limit(measured.methods, use));
  limits.push_back(record_limit(measured.records));
  limits.push_back(leap_limit(measured.leaps, use));
  limits.push_back(start_limit(measured.start));
  return limits;
}

Json bench_json(const std::string& device, const AllMeasured& measured, const ProcessorUse& use) {
  Json json = {{"device", device}};
  json["leap"] = {{"networks_per_s", measured.leaps.networks_per_s},
                  {"horizon", 1e300},
                  {"recorded_times", measured.leaps.recorded_times},
                  {"share_of_records", measured.leaps.share_of_records},
                  {"share_of_thresholds", measured.leaps.share_of_thresholds},
                  {"threads", use.threads}};
  for (const Measured& row : measured.lockstep) {
    if (row.name != use.kernels) continue;
    const bool one_thread = row.threads == 1 && use.threads > 1;
    const std::string key = lockstep_key({row.work.precision, row.work.coupled}) + (row.work.settled ? "" : "_any");
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
  json["limits"] = limits_json(limits_of(measured, use));
  return json;
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
  const std::string_view widest = kernels.back().name;
  if (device.starts_with("cpu:")) {
    std::erase_if(kernels, [&](const LaneKernels& of) { return of.name != device.substr(4); });
  }
  const LaneKernels& used = kernels.back();
  const AllMeasured measured = {measure(kernels, threads), measure_methods(used, threads), measure_leaps(*engine),
                                measure_records(*engine), measure_start(fmt::format("cpu:{}", used.name))};
  const double one = with_one_thread(measured.lockstep, used.name).throughput.network_steps_per_s;
  const double all =
      with_all_threads(measured.lockstep, {Precision::in_double, false, true}).throughput.network_steps_per_s;
  const ProcessorUse use = {threads, available_threads(), used.name, widest, all / one};
  if (options.flag("json")) {
    fmt::print("{}\n", bench_json(engine->description(), measured, use).dump());
    return;
  }
  const std::string_view plural = threads == 1 ? "" : "s";
  print_table(measured.lockstep);
  fmt::print("\nother optimisers and losses, decoupled data, {} thread{}\n{}", threads, plural,
             methods_table(measured.methods));
  fmt::print("\nwhat limits this machine, {} thread{}, and what would help\n\n{}", threads, plural,
             limits_table(limits_of(measured, use)));
}

}  // namespace logmargin
