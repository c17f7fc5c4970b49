// One value of an option, given to every parser of such values. Lines after the first are NAME=VALUE of the
// environment, for --shard auto. What is taken is written as text and has to be read as the same again.

#include <algorithm>
#include <cmath>

#include "host/cli/duration.hpp"
#include "host/cli/experiment_options.hpp"
#include "host/cli/recording_options.hpp"
#include "host/plan/axis.hpp"
#include "host/plan/number.hpp"
#include "host/plan/shard.hpp"
#include "tests/fuzz/support/answers.hpp"
#include "tests/fuzz/support/input.hpp"

using namespace logmargin;

namespace {

void read_numbers(const std::string& text) {
  if (const auto number = parse_number(text)) {
    fuzz::require(std::isfinite(*number) && parse_number(number_text(*number)) == *number, "a number is its text");
  }
  if (const auto whole = parse_whole(text)) fuzz::require(parse_whole(number_text(*whole)) == *whole, "a whole number");
  if (const auto steps = parse_step_count(text)) {
    fuzz::require(parse_step_count(number_text(*steps)) == *steps, "a number of steps");
  }
  if (const auto count = parse_unsigned(text)) {
    fuzz::require(parse_unsigned(std::to_string(*count)) == *count, "an unsigned number");
  }
}

std::vector<double> axis_of(const std::string& text) {
  return parse_number_axis("--eta", text, "a number", [](double value) { return value > 0.0; });
}

void read_axis(const std::string& text) {
  const std::vector<double> values = axis_of(text);
  constexpr std::size_t most_written = 1000;
  if (values.size() > most_written) return;
  std::string written;
  for (const double value : values) written += (written.empty() ? "" : ",") + number_text(value);
  fuzz::require(axis_of(written) == values, "an axis is its values");
}

void read_duration(const std::string& text) {
  const double seconds = parse_duration("--max-time", text);
  fuzz::require(seconds > 0.0 && parse_duration("--max-time", number_text(seconds)) == seconds,
                "a time is its seconds");
}

void read_record(const std::string& text) {
  const RecordRule rule = parse_record_rule("--record", text);
  fuzz::require(parse_record_rule("--record", rule.text()).text() == rule.text(), "a rule is its text");
  for (const double horizon : {1.0, 12345.0, 1e300}) {
    fuzz::is_taken([&] {
      const Schedule schedule = make_schedule(horizon, rule);
      const auto by_t = [](const RecordedTime& a, const RecordedTime& b) { return a.t < b.t; };
      fuzz::require(std::is_sorted(schedule.times().begin(), schedule.times().end(), by_t), "recorded t rise");
      fuzz::require(schedule.times().front().t == 0.0 && schedule.times().back().t == horizon, "0 and the horizon");
      for (const Fit& fit : schedule.fits) {
        fuzz::require(std::isfinite(fit.window.sum_of_squares_ln_ln_t), "a fit's window is finite");
      }
    });
  }
}

void read_shard(const std::string& text, const Environment& environment) {
  const Shard shard = parse_shard(text, environment);
  fuzz::require(shard.index < shard.count && shard.count <= most_shards, "a shard is one of the allowed ones");
  fuzz::require(parse_shard(shard.text(), environment) == shard, "a shard is its text");
}

void read_words(const std::string& text) {
  fuzz::is_taken([&] { bias_distribution(text, weight_distribution("he-normal", 1)); });
  fuzz::is_taken([&] { weight_distribution(text, 1); });
  fuzz::is_taken([&] { parse_precision(text); });
  fuzz::is_taken([&] {
    const Method method = parse_method(text, "logistic");
    fuzz::require(method.optimizer >= 0 && method.optimizer < Optimizers::count, "an optimiser of the registry");
    fuzz::require(method.parameter >= 0.0 && method.parameter < 1.0, "its parameter");
  });
  fuzz::is_taken([&] {
    const DataPair pair = parse_data_pair(text);
    const DataPair again = parse_data_pair(pair.text());
    fuzz::require(pair.positive == again.positive && pair.negative == again.negative &&
                      pair.positive_vector == again.positive_vector && pair.negative_vector == again.negative_vector,
                  "a pair is its text");
    const PointPair points = pair.placed(pair.length()).points;
    fuzz::require(points.distance > 0.0 && std::isfinite(points.offset), "its points lie apart, on a line");
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<std::string> lines = split(fuzz::text_of(data, size), '\n');
  const std::string& text = lines.front();
  read_numbers(text);
  read_words(text);
  fuzz::is_taken([&] { read_axis(text); });
  fuzz::is_taken([&] { read_duration(text); });
  fuzz::is_taken([&] { read_record(text); });
  fuzz::is_taken([&] {
    read_shard(text, [&](const std::string& name) -> std::optional<std::string> {
      for (const std::string& line : lines) {
        if (line.starts_with(name + "=")) return line.substr(name.size() + 1);
      }
      return std::nullopt;
    });
  });
  return 0;
}
