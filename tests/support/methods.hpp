#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "logmargin/optimizers/optimizers.hpp"

namespace logmargin::testing {

/// The place of an optimiser in the registry.
inline int place_of(std::string_view name) {
  for (int place = 0; place < Optimizers::count; ++place) {
    if (Optimizers::facts[place].name == name) return place;
  }
  throw std::runtime_error("no optimiser " + std::string(name));
}

/// "heavy-ball=0.9" and "exp", as a Method.
inline Method method_of(const std::string& optimizer, const std::string& loss) {
  const std::size_t equals = optimizer.find('=');
  return {place_of(optimizer.substr(0, equals)),
          equals == std::string::npos ? 0.0 : std::stod(optimizer.substr(equals + 1)),
          loss == "logistic" ? Loss::logistic : Loss::exponential};
}

/// Every optimiser that takes steps, with each loss, heavy ball with two momenta.
inline std::vector<Method> stepped_methods() {
  std::vector<Method> methods;
  for (int place = 0; place < Optimizers::count; ++place) {
    const OptimizerFacts& facts = Optimizers::facts[place];
    if (!facts.takes_steps) continue;
    for (const Loss loss : {Loss::exponential, Loss::logistic}) {
      for (const double parameter : facts.parameter.empty() ? std::vector{0.0} : std::vector{0.5, 0.9}) {
        methods.push_back({place, parameter, loss});
      }
    }
  }
  return methods;
}

/// Those but for gradient descent on the exponential loss.
inline std::vector<Method> methods_but_the_plain() {
  std::vector<Method> methods = stepped_methods();
  std::erase_if(methods, [](const Method& method) { return method.is_gd_exponential(); });
  return methods;
}

/// Every optimiser that takes none, with each loss.
inline std::vector<Method> methods_without_steps() {
  std::vector<Method> methods;
  for (int place = 0; place < Optimizers::count; ++place) {
    if (Optimizers::facts[place].takes_steps) continue;
    for (const Loss loss : {Loss::exponential, Loss::logistic}) methods.push_back({place, 0.0, loss});
  }
  return methods;
}

/// For names of tests.
inline std::string letters_of(const Method& method) {
  std::string name(facts_of(method).name);
  std::erase(name, '-');
  if (method.parameter > 0.0) name += std::to_string(static_cast<int>(10.0 * method.parameter + 0.5));
  return name + (method.loss == Loss::logistic ? "Logistic" : "Exponential");
}

}  // namespace logmargin::testing
