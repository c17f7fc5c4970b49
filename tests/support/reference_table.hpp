#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "logmargin/model/network.hpp"

namespace logmargin::testing {

/// One row of tests/reference/states.csv: 60-digit arithmetic, read to long double.
struct ReferenceState {
  int network;
  double step_size;
  Weights theta;
  double t;
  long double z11, z12, z21, z22, margin, crossing;
};

/// Absolute agreement of a double precision run with the table up to t = 1e6, stated in its README: rounding errors of
/// a hundred thousand steps that the contracting recurrence does not let grow.
inline constexpr double reference_tolerance = 2e-12;

/// The rows with t <= latest_t, in the file's order: by network, then t.
inline std::vector<ReferenceState> reference_states(double latest_t) {
  const std::string path = LOGMARGIN_REFERENCE_DIR "/states.csv";
  std::ifstream file(path);
  std::string line;
  // The tables end their lines as RFC 4180 has it.
  const auto next_line = [&] {
    const bool found = static_cast<bool>(std::getline(file, line));
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return found;
  };
  if (!next_line()) throw std::runtime_error("cannot read " + path);
  if (line != "case,eta,w1,b1,w2,b2,t,z11,z12,z21,z22,margin,crossing") throw std::runtime_error("columns of " + path);
  std::vector<ReferenceState> rows;
  while (next_line()) {
    std::istringstream fields(line);
    std::vector<std::string> field;
    for (std::string text; std::getline(fields, text, ',');) field.push_back(text);
    if (field.size() != 13) throw std::runtime_error("a row of " + path + ": " + line);
    const ReferenceState row = {std::stoi(field[0]),
                                std::stod(field[1]),
                                {std::stod(field[2]), std::stod(field[3]), std::stod(field[4]), std::stod(field[5])},
                                std::stod(field[6]),
                                std::stold(field[7]),
                                std::stold(field[8]),
                                std::stold(field[9]),
                                std::stold(field[10]),
                                std::stold(field[11]),
                                std::stold(field[12])};
    if (row.t <= latest_t) rows.push_back(row);
  }
  return rows;
}

}  // namespace logmargin::testing
