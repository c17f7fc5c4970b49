#include "host/commands/bench/bench_methods.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <type_traits>

#include "host/engine/speed/throughput.hpp"
#include "logmargin/stepping/dispatch.hpp"

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
      const bool steps_as_optimizer = with_lockstep_stepper<double>(
          make_problem(1.0, -1.0, 0.1, method),
          []<class Stepper>(std::type_identity<Stepper>) { return std::is_same_v<Stepper, OptimizerStepper>; });
      if (!steps_as_optimizer) continue;
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
  std::string text = "  optimizer       loss      network-steps/s  of gd's from t = 0\n";
  for (const Json& row : methods) {
    text += fmt::format("  {:<15} {:<9} {:>15.3g} {:>12.0f} %\n", row.at("optimizer").get<std::string>(),
                        row.at("loss").get<std::string>(), row.at("network_steps_per_s").get<double>(),
                        100.0 * row.at("relative_to_gd").get<double>());
  }
  return text;
}

}  // namespace logmargin
