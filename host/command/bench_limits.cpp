#include "host/command/bench_limits.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/command/wrapped_lines.hpp"

namespace logmargin {

namespace {

using Json = nlohmann::ordered_json;

/// From here on a unit that is busy so much of the time is what limits.
constexpr double busy = 0.7;
/// Threads that reach less than this of so many cores do not have them.
constexpr double own_cores = 0.75;

double percent(double fraction) { return 100.0 * fraction; }

std::string more_hardware(const ProcessorUse& use) {
  std::vector<std::string> ways;
  if (use.kernels != use.widest) ways.push_back(fmt::format("--device cpu, which takes {}", use.widest));
  if (use.threads < use.cores) ways.push_back(fmt::format("--threads {}", use.cores));
  ways.emplace_back(use.threads < use.cores ? "more cores" : "more cores, in one machine or by --shard and mpirun");
  if (use.widest == "scalar") ways.emplace_back("a processor with AVX2 and FMA");
  if (use.widest == "avx2") ways.emplace_back("a processor with AVX-512");
  ways.emplace_back("a GPU");
  return fmt::format("{}", fmt::join(ways, "; "));
}

bool lacks_cores(const ProcessorUse& use) { return use.speed_up < own_cores * use.threads; }

BenchLimit shared_cores(BenchLimit limit, const ProcessorUse& use) {
  limit.limited_by =
      fmt::format("cores that others use too: {} threads are {:.2f} times as fast as one", use.threads, use.speed_up);
  limit.would_help = "the same on an idle machine; no more --threads than cores of its own";
  return limit;
}

}  // namespace

BenchLimit lockstep_limit(const std::string& work, double network_steps_per_s, double fraction,
                          const OperationCount& operations, const ProcessorUse& use) {
  BenchLimit limit = {work, network_steps_per_s, "network-steps/s", fraction, "the FMA units' bound", {}, {}};
  if (lacks_cores(use)) return shared_cores(limit, use);
  if (use.kernels == "scalar") {
    limit.limited_by = "one network at a time rather than a vector of them";
  } else if (fraction >= busy) {
    limit.limited_by = fmt::format("the FMA units, busy {:.0f} % of the time", percent(fraction));
  } else {
    limit.limited_by = fmt::format(
        "what the FMA units, busy {:.0f} % of the time, wait for: results of operations before, {} additions and {} "
        "comparisons of the step's {} operations, and integer work",
        percent(fraction), operations.additions, operations.comparisons_and_limits, operations.all());
  }
  limit.would_help = more_hardware(use);
  return limit;
}

BenchLimit mixed_limit(double network_steps_per_s, double fraction, const OperationCount& operations,
                       double double_network_steps_per_s, const ProcessorUse& use) {
  BenchLimit limit = {
      "lockstep, mixed precision", network_steps_per_s, "network-steps/s", fraction, "the FMA units' bound", {}, {}};
  limit.limited_by = fmt::format("additions that carry rounding errors along: {} of the step's {} operations",
                                 operations.additions, operations.all());
  limit.would_help =
      double_network_steps_per_s > network_steps_per_s
          ? fmt::format("--precision double, {:.2f} times as fast here: mixed is for GPUs slow in double",
                        double_network_steps_per_s / network_steps_per_s)
          : more_hardware(use);
  return limit;
}

BenchLimit method_limit(const Json& methods, const ProcessorUse& use) {
  const auto speed = [](const Json& method) { return method.at("relative_to_gd").get<double>(); };
  const Json& slowest = *std::min_element(methods.begin(), methods.end(),
                                          [&](const Json& a, const Json& b) { return speed(a) < speed(b); });
  return {fmt::format("slowest method: {}, {} loss", slowest.at("optimizer").get<std::string>(),
                      slowest.at("loss").get<std::string>()),
          slowest.at("network_steps_per_s").get<double>(),
          "network-steps/s",
          speed(slowest),
          "gd's rate for any point",
          fmt::format("its own operations: a step takes {:.2g} times as long as one of gd", 1.0 / speed(slowest)),
          more_hardware(use)};
}

BenchLimit record_limit(const RecordThroughput& records) {
  return {"--record every=1",
          records.records_per_s,
          "records/s",
          records.speed_kept,
          "the unrecorded speed",
          fmt::format("statistics: to record a network takes as long as {:.2g} steps of it", records.steps_a_record),
          "fewer recorded t: --record log=8 has 49 up to t = 1e6"};
}

BenchLimit leap_limit(const LeapThroughput& leaps, const ProcessorUse& use) {
  const double rest = std::max(0.0, 1.0 - leaps.share_of_records - leaps.share_of_thresholds);
  BenchLimit limit = {"leaps to t = 1e300", leaps.networks_per_s, "networks/s", {}, {}, {}, {}};
  limit.limited_by = fmt::format(
      "{} recorded t, {:.0f} % of the time; the steps to 3 gaps, {:.0f} %; starting networks, and steps until they "
      "leap, {:.0f} %",
      leaps.recorded_times, percent(leaps.share_of_records), percent(leaps.share_of_thresholds), percent(rest));
  if (leaps.share_of_records >= std::max(leaps.share_of_thresholds, rest)) {
    limit.would_help = "fewer recorded t (--record); ";
  } else if (leaps.share_of_thresholds >= rest) {
    limit.would_help = "fewer gaps (--eps); ";
  }
  limit.would_help += more_hardware(use);
  return limit;
}

BenchLimit start_limit(const StartTimes& start) {
  return {
      "smallest sweep, a process",
      start.sweep_s,
      "s",
      {},
      {},
      fmt::format("starting: --version, which loads the shared libraries, takes {:.2g} s", start.version_s),
      "many cells in one sweep rather than many sweeps; a build with LOGMARGIN_MPI or LOGMARGIN_HDF5 off, which loads "
      "fewer libraries"};
}

BenchLimit gpu_limit(const GpuThroughput& measured, double most_network_steps_per_s) {
  const bool mixed = measured.precision == Precision::mixed;
  const std::string units = mixed ? "FP32 units" : "FP64 units";
  BenchLimit limit = {fmt::format("lockstep, {}, {}, {:.0e} networks", mixed ? "mixed" : "double",
                                  measured.coupled ? "coupled" : "decoupled", static_cast<double>(measured.networks)),
                      measured.network_steps_per_s,
                      "network-steps/s",
                      measured.fraction(),
                      fmt::format("the {}' bound", units),
                      {},
                      {}};
  const double of_best = measured.network_steps_per_s / most_network_steps_per_s;
  if (measured.fraction() >= busy) {
    limit.limited_by = fmt::format("the {}, busy {:.0f} % of the time", units, percent(measured.fraction()));
    limit.would_help = "more GPUs: --device cuda:all, --shard, mpirun";
  } else if (of_best < busy) {
    limit.limited_by = fmt::format("too few networks for this GPU: {:.0f} % of its rate with more", percent(of_best));
    limit.would_help = "more --trials a cell";
  } else {
    limit.limited_by = fmt::format("latency and other instructions: the {} issue {:.0f} % of what they could", units,
                                   percent(measured.fraction()));
    limit.would_help = "longer launches (recorded t further apart); more GPUs: --device cuda:all, --shard, mpirun";
  }
  return limit;
}

Json limits_json(const std::vector<BenchLimit>& limits) {
  Json json = Json::array();
  for (const BenchLimit& limit : limits) {
    json.push_back({{"work", limit.work},
                    {"value", limit.value},
                    {"unit", limit.unit},
                    {"fraction", limit.fraction ? Json(*limit.fraction) : Json()},
                    {"limited_by", limit.limited_by},
                    {"would_help", limit.would_help}});
  }
  return json;
}

std::string limits_table(const std::vector<BenchLimit>& limits) {
  constexpr std::size_t columns = 80;
  const std::string next_line = "\n" + std::string(15, ' ');
  std::string text;
  const auto add = [&](std::string_view label, std::string_view words) {
    text += fmt::format("    {:<10} {}\n", label,
                        fmt::join(wrapped_lines(words, columns + 1 - next_line.size()), next_line));
  };
  for (const BenchLimit& limit : limits) {
    text += fmt::format("  {}: {:.3g} {}\n", limit.work, limit.value, limit.unit);
    if (limit.fraction) add("reaches", fmt::format("{:.0f} % of {}", percent(*limit.fraction), limit.whole));
    add("limited by", limit.limited_by);
    add("would help", limit.would_help);
  }
  return text;
}

}  // namespace logmargin
