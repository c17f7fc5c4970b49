#include "host/plan/vocabulary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "host/plan/nearest_word.hpp"
#include "host/plan/number.hpp"
#include "host/plan/precision.hpp"

namespace logmargin {

namespace {

using Family = InitialDistribution::Family;

constexpr double fan_out = 2.0;

/// Returns what is wrong with a value whose name, before its '=', is that of a word. For other values it returns the
/// word that was probably meant.
std::string advice(std::string_view value, const std::vector<std::string_view>& words) {
  const std::string_view name = value.substr(0, value.find('='));
  std::vector<std::string_view> names;
  for (const std::string_view word : words) {
    names.push_back(word.substr(0, word.find('=')));
    if (names.back() != name) continue;
    return names.back() == word ? fmt::format("; {} stands alone", word)
                                : fmt::format("; {} needs its number: {}", name, word);
  }
  const std::string_view meant = nearest_word(name, names);
  return meant.empty() ? std::string() : fmt::format("; did you mean {}?", meant);
}

/// Returns the list of the words, and advice. A word takes a number after its '='.
std::string allowed_words(std::string_view value, const std::vector<std::string_view>& words) {
  return fmt::format("allowed: {}{}", fmt::join(words, ", "), advice(value, words));
}

/// Reads "normal=S" or "uniform=A" into the law. Returns false for other words.
bool parse_scaled_law(std::string_view option, std::string_view text, InitialDistribution& law) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view word = text.substr(0, equals);
  if (word != "normal" && word != "uniform") return false;
  const auto scale = parse_number(text.substr(equals + 1));
  if (!scale || *scale <= 0.0) reject(option, text, "the scale after '=' must be a number > 0");
  law = {word == "normal" ? Family::normal : Family::uniform, *scale};
  return true;
}

}  // namespace

InitialDistribution weight_distribution(std::string_view init, std::int64_t dim) {
  const auto fan_in = static_cast<double>(dim);
  struct Named {
    std::string_view name;
    Family family;
    double scale;
  };
  const std::array<Named, 7> laws = {{
      {"he-normal", Family::normal, std::sqrt(2.0 / fan_in)},
      {"he-uniform", Family::uniform, std::sqrt(6.0 / fan_in)},
      {"xavier-normal", Family::normal, std::sqrt(2.0 / (fan_in + fan_out))},
      {"xavier-uniform", Family::uniform, std::sqrt(6.0 / (fan_in + fan_out))},
      {"lecun-normal", Family::normal, std::sqrt(1.0 / fan_in)},
      {"lecun-uniform", Family::uniform, std::sqrt(3.0 / fan_in)},
      {"pytorch", Family::uniform, 1.0 / std::sqrt(fan_in)},
  }};
  for (const Named& law : laws) {
    if (law.name == init) return {law.family, law.scale};
  }
  InitialDistribution law{};
  if (parse_scaled_law("--init", init, law)) return law;
  std::vector<std::string_view> words(laws.size());
  std::transform(laws.begin(), laws.end(), words.begin(), [](const Named& named) { return named.name; });
  words.insert(words.end(), {"normal=S", "uniform=A"});
  reject("--init", init, allowed_words(init, words));
}

InitialDistribution bias_distribution(std::string_view bias, const InitialDistribution& of_weights) {
  if (bias == "zero") return {Family::uniform, 0.0};
  if (bias == "matched") return of_weights;
  InitialDistribution law{};
  if (parse_scaled_law("--bias", bias, law)) return law;
  reject("--bias", bias, allowed_words(bias, {"zero", "matched", "normal=S", "uniform=A"}));
}

std::vector<std::string> optimizer_words() {
  std::vector<std::string> words;
  for (const OptimizerFacts& facts : Optimizers::facts) {
    words.push_back(std::string(facts.name) + (facts.parameter.empty() ? "" : "="));
  }
  return words;
}

Method parse_method(std::string_view optimizer, std::string_view loss) {
  require_word("--loss", loss, {"exp", "logistic"});
  Method method;
  method.loss = loss == "logistic" ? Loss::logistic : Loss::exponential;
  const std::size_t equals = optimizer.find('=');
  const std::string_view name = optimizer.substr(0, equals);
  for (const OptimizerFacts& facts : Optimizers::facts) {
    if (facts.name != name) {
      ++method.optimizer;
      continue;
    }
    if (facts.parameter.empty() && equals == std::string_view::npos) return method;
    constexpr double not_given = std::numeric_limits<double>::quiet_NaN();
    const double value =
        equals == std::string_view::npos ? not_given : parse_number(optimizer.substr(equals + 1)).value_or(not_given);
    if (facts.parameter.empty() || !(value >= 0.0 && value < 1.0)) {
      reject("--optimizer", optimizer,
             facts.parameter.empty() ? fmt::format("{} takes no parameter", name)
                                     : fmt::format("{0}={1} is allowed, 0 <= {1} < 1", name, facts.parameter));
    }
    method.parameter = value;
    return method;
  }
  std::vector<std::string> allowed;
  for (const OptimizerFacts& facts : Optimizers::facts) {
    allowed.push_back(fmt::format("{}{}{}", facts.name, facts.parameter.empty() ? "" : "=", facts.parameter));
  }
  reject("--optimizer", optimizer, allowed_words(optimizer, {allowed.begin(), allowed.end()}));
}

namespace {

/// Returns the value whose word is the text, or throws UsageError.
template <class Value>
Value value_of_word(std::string_view option, std::string_view text, const std::vector<Value>& values,
                    std::string_view (*word)(Value)) {
  std::vector<std::string_view> words(values.size());
  std::transform(values.begin(), values.end(), words.begin(), word);
  require_word(option, text, words);
  return values[static_cast<std::size_t>(std::find(words.begin(), words.end(), text) - words.begin())];
}

}  // namespace

std::string_view precision_word(Precision precision) { return precision == Precision::mixed ? "mixed" : "double"; }

Precision parse_precision(std::string_view text) {
  return value_of_word("--precision", text, std::vector{Precision::in_double, Precision::mixed}, precision_word);
}

std::string_view stepping_word(SteppingMode mode) {
  switch (mode) {
    case SteppingMode::lockstep:
      return "lockstep";
    case SteppingMode::leap:
      return "leap";
    case SteppingMode::automatic:
      break;
  }
  return "auto";
}

SteppingMode parse_stepping(std::string_view text) {
  return value_of_word("--stepping", text,
                       std::vector{SteppingMode::automatic, SteppingMode::lockstep, SteppingMode::leap}, stepping_word);
}

void require_word(std::string_view option, std::string_view value, const std::vector<std::string_view>& words) {
  if (std::find(words.begin(), words.end(), value) != words.end()) return;
  reject(option, value, allowed_words(value, words));
}

}  // namespace logmargin
