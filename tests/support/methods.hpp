#pragma once

#include <string>
#include <vector>

#include "logmargin/optimizers.hpp"

namespace logmargin::testing {

/// Every optimiser on every loss, but for gradient descent on the exponential loss; with a parameter where the
/// optimiser has one.
inline std::vector<Method> methods_but_the_plain() {
  std::vector<Method> methods;
  for (int optimizer = 0; optimizer < Optimizers::count; ++optimizer) {
    for (const Loss loss : {Loss::exponential, Loss::logistic}) {
      const Method method = {optimizer, Optimizers::facts[optimizer].parameter.empty() ? 0.0 : 0.9, loss};
      if (!method.plain()) methods.push_back(method);
    }
  }
  return methods;
}

/// For names of tests.
inline std::string letters_of(const Method& method) {
  std::string name(facts_of(method).name);
  std::erase(name, '-');
  return name + (method.loss == Loss::logistic ? "Logistic" : "Exponential");
}

}  // namespace logmargin::testing
