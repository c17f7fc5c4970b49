#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "logmargin/stepping/method_state.hpp"

namespace logmargin::testing {

/// One row of tests/reference/methods.csv: 60-digit arithmetic, read to long double.
struct MethodRow {
  std::string start, optimizer, loss;
  double step_size, x1, x2;
  Weights theta;
  double t;
  long double z11, z12, z21, z22, log10_loss;
};

/// In the file's order: by start, loss and optimiser, then t.
inline std::vector<MethodRow> method_rows() {
  const std::string path = LOGMARGIN_REFERENCE_DIR "/methods.csv";
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) throw std::runtime_error("cannot read " + path);
  if (line != "start,optimizer,loss,eta,x1,x2,w1,b1,w2,b2,t,z11,z12,z21,z22,log10_loss") {
    throw std::runtime_error("columns of " + path);
  }
  std::vector<MethodRow> rows;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    std::vector<std::string> field;
    for (std::string text; std::getline(fields, text, ',');) field.push_back(text);
    if (field.size() != 16) throw std::runtime_error("a row of " + path + ": " + line);
    const auto number = [&](std::size_t i) { return std::stod(field[i]); };
    const auto precise = [&](std::size_t i) { return std::stold(field[i]); };
    rows.push_back({field[0],
                    field[1],
                    field[2],
                    number(3),
                    number(4),
                    number(5),
                    {number(6), number(7), number(8), number(9)},
                    number(10),
                    precise(11),
                    precise(12),
                    precise(13),
                    precise(14),
                    precise(15)});
  }
  return rows;
}

}  // namespace logmargin::testing
