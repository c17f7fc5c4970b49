#include "host/commands/bench/bench_methods.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "host/engine/speed/throughput.hpp"
#include "logmargin/optimizers/optimizers.hpp"

namespace logmargin {

namespace {

using Json = nlohmann::ordered_json;

}  // namespace

Json measure_methods(const SimdDispatchTable& kernels, unsigned threads) {
  constexpr double momentum = 0.9;
  Json methods = Json::array();
  for (int optimizer = 0; optimizer < Optimizers::count; ++optimizer) {
    const OptimizerFacts& facts = Optimizers::facts[optimizer];
    for (const Loss loss : {Loss::exponential, Loss::logistic}) {
      const Method method = {optimizer, facts.parameter.empty() ? 0.0 : momentum, loss};
      if (method.is_gd_exponential() || !facts.takes_steps) continue;
      const MethodThroughput measured = measure_method(kernels, threads, method);
      methods.push_back({{"optimizer", facts.parameter.empty() ? std::string(facts.name)
                                                               : fmt::format("{}={}", facts.name, momentum)},
                         {"loss", loss == Loss::logistic ? "logistic" : "exp"},
                         {"network_steps_per_s", measured.network_steps_per_s},
                         {"relative_to_gd", measured.relative()}});
    }
  }
  return methods;
}

std::string methods_table(const Json& methods) {
  std::string text = "  optimizer       loss      network-steps/s  of gd's for any point\n";
  for (const Json& row : methods) {
    text += fmt::format("  {:<15} {:<9} {:>15.3g} {:>12.0f} %\n", row.at("optimizer").get<std::string>(),
                        row.at("loss").get<std::string>(), row.at("network_steps_per_s").get<double>(),
                        100.0 * row.at("relative_to_gd").get<double>());
  }
  return text;
}

}  // namespace logmargin
