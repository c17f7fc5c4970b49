#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/command/bench_leaps.hpp"
#include "host/command/bench_records.hpp"
#include "host/command/bench_start.hpp"
#include "host/engine/gpu_support.hpp"
#include "host/engine/operation_count.hpp"

namespace logmargin {

/// One thing measured, which limit it is at, and what would make it faster.
struct BenchLimit {
  std::string work;
  double value;
  std::string unit;
  std::optional<double> fraction;  ///< of `whole`
  std::string whole;               ///< such as "the FMA units' bound"
  std::string limited_by, would_help;
};

/// What was used of the processor and what it has.
struct ProcessorUse {
  unsigned threads, cores;
  std::string_view kernels;  ///< instruction set in use
  std::string_view widest;   ///< the best that this processor has
  double speed_up;           ///< rate of all threads over that of one
};

/// Lockstep in double: rate over the bound of the FMA units, and the operations of a step.
BenchLimit lockstep_limit(const std::string& work, double network_steps_per_s, double fraction,
                          const OperationCount& operations, const ProcessorUse& use);
/// Lockstep in mixed precision, beside the same in double.
BenchLimit mixed_limit(double network_steps_per_s, double fraction, const OperationCount& operations,
                       double double_network_steps_per_s, const ProcessorUse& use);
/// The slowest of the other methods, of measure_methods.
BenchLimit method_limit(const nlohmann::ordered_json& methods, const ProcessorUse& use);
BenchLimit record_limit(const RecordThroughput& records);
BenchLimit leap_limit(const LeapThroughput& leaps, const ProcessorUse& use);
BenchLimit start_limit(const StartTimes& start);
/// most_network_steps_per_s: of any size of launch.
BenchLimit gpu_limit(const GpuThroughput& measured, double most_network_steps_per_s);

/// {"work","value","unit","fraction" or null,"limited_by","would_help"} each.
nlohmann::ordered_json limits_json(const std::vector<BenchLimit>& limits);
/// The same for people, in lines of 80 columns.
std::string limits_table(const std::vector<BenchLimit>& limits);

}  // namespace logmargin
