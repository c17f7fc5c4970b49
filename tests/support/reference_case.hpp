#pragma once

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "logmargin/initial/start_in_space.hpp"
#include "logmargin/model/line_through.hpp"
#include "tests/support/methods.hpp"

namespace logmargin::testing {

inline std::vector<double> numbers(const std::string& text) {
  std::istringstream stream(text);
  std::vector<double> values;
  for (double value = 0.0; stream >> value;) values.push_back(value);
  return values;
}

/// One row of a reference table by the names of its columns.
using Row = std::map<std::string, std::string>;

inline std::vector<Row> rows_of(const std::string& name) {
  std::ifstream file(std::string(LOGMARGIN_REFERENCE_DIR "/") + name);
  std::vector<std::string> header;
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line);
    std::vector<std::string> values;
    for (std::string text; std::getline(fields, text, ',');) values.push_back(text);
    values.resize(std::max(values.size(), header.size()));
    if (header.empty()) {
      header = values;
      continue;
    }
    Row row;
    for (std::size_t i = 0; i < header.size(); ++i) row[header[i]] = values[i];
    rows.push_back(row);
  }
  return rows;
}

/// A network of a reference table, with components of vectors separated by spaces.
struct Case {
  Problem problem;
  SpatialStart start;
};

inline Case case_of(const Row& row) {
  const std::vector<double> x1 = numbers(row.at("x1"));
  const std::vector<double> x2 = numbers(row.at("x2"));
  const std::vector<double> w1 = numbers(row.at("w1"));
  const std::vector<double> w2 = numbers(row.at("w2"));
  const double eta = std::stod(row.at("eta"));
  const Method method = method_of("gd", row.contains("loss") ? row.at("loss") : "exp");
  const double b1 = std::stod(row.at("b1"));
  const double b2 = std::stod(row.at("b2"));
  if (x1.size() == 1) return {make_problem(x1[0], x2[0], eta, method), {{w1[0], b1, w2[0], b2}, {}}};
  const auto dim = static_cast<int>(x1.size());
  std::vector<double> along(x1.size()), across(x1.size());
  const PointPair points = line_through(x1.data(), x2.data(), dim, along.data(), across.data());
  const Problem problem = make_problem(points, true, eta, method);
  const SpaceAxes axes = {dim, dim, along.data(), across.data()};
  const SplitWeights split = split_weights(axes, dim, [&](std::int64_t k) {
    return DrawnRow{w1[static_cast<std::size_t>(k)], w2[static_cast<std::size_t>(k)]};
  });
  return {problem, start_of_split(problem, split, 1.0, b1, b2)};
}

}  // namespace logmargin::testing
