#pragma once

#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "logmargin/optimizers/optimizers.hpp"

namespace logmargin::testing {

/// One row of tests/reference/flow_states.csv: 60-digit arithmetic, read to long double.
struct FlowReference {
  Problem problem;
  Network<double> initial;
  double t;
  std::array<long double, 4> z;
  std::string firing, text;
};

/// The integration keeps its local error at 1e-12 a step, and what it leaves decays; stated in the table's README.
inline constexpr double flow_tolerance = 1e-10;

inline Method gradient_flow(Loss loss) {
  Method method;
  while (Optimizers::facts[method.optimizer].name != "flow") ++method.optimizer;
  method.loss = loss;
  return method;
}

inline std::array<double, 4> columns_of(const Network<double>& network) {
  return {network.z11, network.z12, network.z21, network.z22};
}

inline std::vector<FlowReference> flow_references() {
  const std::string path = LOGMARGIN_REFERENCE_DIR "/flow_states.csv";
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  if (line != "loss,positive,negative,eta,w1,b1,w2,b2,t,z11,z12,z21,z22,firing\r") {
    throw std::runtime_error("columns of " + path);
  }
  std::vector<FlowReference> rows;
  while (std::getline(file, line)) {
    line.pop_back();
    std::istringstream fields(line);
    std::vector<std::string> field;
    for (std::string text; std::getline(fields, text, ',');) field.push_back(text);
    if (field.size() != 14) throw std::runtime_error("a row of " + path + ": " + line);
    const auto number = [&](std::size_t i) { return std::stod(field[i]); };
    FlowReference row;
    row.problem = make_problem(number(1), number(2), number(3),
                               gradient_flow(field[0] == "exp" ? Loss::exponential : Loss::logistic));
    row.initial = network_from_weights(row.problem, {number(4), number(5), number(6), number(7)});
    row.t = number(8);
    for (std::size_t k = 0; k < 4; ++k) row.z[k] = std::stold(field[9 + k]);
    row.firing = field[13];
    row.text = line;
    rows.push_back(row);
  }
  return rows;
}

}  // namespace logmargin::testing
