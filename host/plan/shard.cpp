#include "host/plan/shard.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/plan/number.hpp"

namespace logmargin {

namespace {

constexpr std::string_view allowed_shards = "I/N with 0 <= I < N <= 1e6 is allowed, and auto under Slurm";

std::uint64_t read_variable(const Environment& environment, const char* name) {
  const std::optional<std::string> text = environment(name);
  const auto value = text ? parse_unsigned(*text) : std::nullopt;
  if (!value) reject("--shard", "auto", fmt::format("{} is '{}'; {}", name, text.value_or("not set"), allowed_shards));
  return *value;
}

/// Returns the place among the tasks of a job array, from the numbers that the user gave them.
Shard place_in_array(const Environment& environment) {
  const std::uint64_t id = read_variable(environment, "SLURM_ARRAY_TASK_ID");
  const std::uint64_t least = read_variable(environment, "SLURM_ARRAY_TASK_MIN");
  const std::uint64_t largest = read_variable(environment, "SLURM_ARRAY_TASK_MAX");
  const std::uint64_t count = read_variable(environment, "SLURM_ARRAY_TASK_COUNT");
  const std::uint64_t step =
      environment("SLURM_ARRAY_TASK_STEP") ? read_variable(environment, "SLURM_ARRAY_TASK_STEP") : 1;
  const bool whole = step > 0 && least <= id && id <= largest && (id - least) % step == 0 &&
                     (largest - least) % step == 0 && (largest - least) / step + 1 == count;
  if (!whole) {
    reject("--shard", "auto",
           fmt::format("the job array has gaps: task {} of {} from {} to {} in steps of {}; an array like 0-15 is "
                       "allowed, and --shard I/N whatever the array",
                       id, count, least, largest, step));
  }
  // Tasks of an earlier array that are submitted again alone look like this.
  if (least > 1 || (count == 1 && id > 0)) {
    const std::string tasks =
        count == 1 ? fmt::format("is task {} alone", id) : fmt::format("begins with task {}", least);
    reject(
        "--shard", "auto",
        fmt::format("the job array {} and may be a part of a larger one; --shard {}/N is allowed for the place in an "
                    "array 0-(N-1), --shard {} for the place in this one",
                    tasks, id, Shard{(id - least) / step, count}.text()));
  }
  return {(id - least) / step, count};
}

}  // namespace

TrialRange Shard::range_of(std::uint64_t trials) const {
  const std::uint64_t share = trials / count;
  const std::uint64_t left = trials % count;
  return {share * index + std::min(index, left), share + (index < left ? 1 : 0)};
}

std::string Shard::text() const { return fmt::format("{}/{}", index, count); }

Shard parse_shard(std::string_view text, const Environment& environment) {
  Shard shard;
  if (text == "auto") {
    const bool in_array = environment("SLURM_ARRAY_TASK_ID").has_value();
    // This variable is set for the tasks that srun starts, but not in a batch script itself.
    const bool in_step = environment("SLURM_STEP_NUM_TASKS").has_value();
    if (!in_array && !in_step) {
      reject("--shard", text,
             fmt::format("neither SLURM_ARRAY_TASK_ID nor SLURM_STEP_NUM_TASKS is set: this is no task of a Slurm "
                         "array or step; {}",
                         allowed_shards));
    }
    if (in_array) shard = place_in_array(environment);
    if (in_step) {
      const std::uint64_t tasks = read_variable(environment, "SLURM_STEP_NUM_TASKS");
      shard = {shard.index * tasks + read_variable(environment, "SLURM_PROCID"), shard.count * tasks};
    }
  } else {
    const std::vector<std::string> parts = split(text, '/');
    const auto index = parse_unsigned(parts[0]);
    const auto count = parts.size() == 2 ? parse_unsigned(parts[1]) : std::nullopt;
    if (!index || !count) reject("--shard", text, allowed_shards);
    shard = {*index, *count};
  }
  if (shard.index >= shard.count || shard.count > most_shards) {
    reject("--shard", text == "auto" ? shard.text() : text, allowed_shards);
  }
  return shard;
}

}  // namespace logmargin
