#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

#include "host/engine/engine.hpp"
#include "tests/support/cell_tallies.hpp"
#include "tests/support/methods.hpp"
#include "tests/support/space/spatial_cells.hpp"

namespace logmargin::testing {

/// EngineCase is a cell with the recorded t at which every engine has to agree, to the bit.
struct EngineCase {
  std::string name;
  CellRun cell;
  double horizon;
  RecordRule record;

  Schedule schedule() const { return make_schedule(horizon, record); }

  friend std::ostream& operator<<(std::ostream& out, const EngineCase& of) { return out << of.name; }
};

inline const InitialDistribution he_law = {InitialDistribution::Family::normal, 1.4142135623730951};
inline const InitialDistribution zero_law = {InitialDistribution::Family::normal, 0.0};
inline const RecordRule eight_a_decade = {};
inline const RecordRule each_decade = {RecordRule::Kind::per_decade, 1, {}};
inline const RecordRule every_step = {RecordRule::Kind::every, 1.0, {}};
inline const RecordRule listed_times = {RecordRule::Kind::list, 0.0, {0.0, 100.0, 133.0, 134.0, 400.0}};

inline CellRun cell_of(const Problem& problem, const InitialDistribution& weights, const InitialDistribution& biases,
                       std::uint64_t trials) {
  CellRun cell = {problem, {weights, biases}, 3, 1'000, trials};
  // More than are found at once on a GPU.
  cell.thresholds = {0.7, 0.3, 0.2, 0.1, 0.05, 0.03, 0.01, 0.003, 1e-3, 1e-4};
  return cell;
}

/// Adds gradient descent on the exponential loss, step by step: kinds of data, laws and record rules.
inline void add_descent_cases(std::vector<EngineCase>& cases) {
  const Problem standard = make_problem(1.0, -1.0, 0.1);
  const InitialDistribution flat = {InitialDistribution::Family::uniform, 1.0};
  const std::vector<EngineCase> in_double = {
      {"HeZeroBias", cell_of(standard, he_law, zero_law, 777), 600.0, eight_a_decade},
      {"HeMatchedBias", cell_of(standard, he_law, he_law, 777), 600.0, eight_a_decade},
      {"Uniform", cell_of(standard, flat, zero_law, 301), 600.0, listed_times},
      {"OneTrial", cell_of(standard, he_law, he_law, 1), 600.0, eight_a_decade},
      {"EveryStep", cell_of(standard, he_law, he_law, 301), 600.0, every_step},
      {"LargeSteps", cell_of(make_problem(1.0, -1.0, 40.0), he_law, he_law, 301), 600.0, eight_a_decade},
      {"UnequalRates", cell_of(make_problem(2.0, -0.5, 0.1), he_law, he_law, 301), 600.0, listed_times},
      {"RatesBeyondDouble", cell_of(make_problem(2.0, -0.5, 1e308), he_law, he_law, 301), 600.0, listed_times},
      {"Coupled", cell_of(make_problem(1.5, -1.5, 0.1), he_law, he_law, 301), 600.0, eight_a_decade},
      {"CoupledUnlike", cell_of(make_problem(1.5, -0.4, 0.2), he_law, flat, 301), 600.0, listed_times},
      {"CoupledEveryStep", cell_of(make_problem(3.0, 1.0, 0.2), he_law, zero_law, 301), 300.0, every_step},
      {"BeyondTheWindows", cell_of(standard, {InitialDistribution::Family::normal, 1e6}, he_law, 301), 600.0,
       eight_a_decade},
      {"Diverging", cell_of(standard, {InitialDistribution::Family::normal, 1e38}, he_law, 301), 600.0, listed_times}};
  for (const EngineCase& of : in_double) {
    cases.push_back(of);
    // Pairs of floats do not hold such rates, and --precision mixed refuses them.
    if (of.name == "RatesBeyondDouble") continue;
    cases.push_back(of);
    cases.back().name += "Mixed";
    cases.back().cell.precision = Precision::mixed;
  }
  // Steps go by rises from t = 64 on, of pairs from 2048 on, by fewer terms from 2048 and from 65536 on.
  for (const auto& [name, problem] : {std::pair{"Late", standard},
                                      {"LateCoupled", make_problem(1.5, -1.5, 0.1)},
                                      {"LatePushingUp", make_problem(1.0, -0.1, 0.1)}}) {
    cases.push_back({name, cell_of(problem, he_law, he_law, 37), 65'700.0, {RecordRule::Kind::per_decade, 5, {}}});
    cases.push_back({std::string(name) + "Mixed", cell_of(problem, he_law, he_law, 101), 2500.0, eight_a_decade});
    cases.back().cell.precision = Precision::mixed;
  }
  cases.push_back({"SeveralFits",
                   cell_of(make_problem(1.0, -1.0, 2.0), he_law, he_law, 5),
                   1.2e6,
                   {RecordRule::Kind::list, 0.0, {9e5, 1e6, 1.1e6}}});
}

/// Adds the same method by leaps.
inline void add_leap_cases(std::vector<EngineCase>& cases) {
  const auto add = [&](const char* name, double positive, double negative, double eta, double scale,
                       const Stepping& stepping, double horizon) {
    CellRun cell =
        cell_of(make_problem(positive, negative, eta), {InitialDistribution::Family::normal, scale}, he_law, 201);
    cell.stepping = stepping;
    cases.push_back({name, cell, horizon, each_decade});
  };
  add("Leaps", 1.0, -1.0, 0.1, 1.4, leap_stepping, 1e300);
  add("LeapsOfHugeWeights", 1.0, -1.0, 0.1, 1e4, leap_stepping, 1e300);
  add("LeapsAfterLockstep", 1.0, -1.0, 0.1, 1.4, Stepping{512.0}, 1e20);
  add("LeapsOfUnequalRates", 2.0, -0.5, 0.02, 1.4, auto_stepping, 1e30);
  add("LeapsOfCoupled", 1.5, -1.5, 0.1, 1.4, auto_stepping, 1e12);
  add("LeapsOfCoupledFromTheStart", 1.5, -2.0, 0.3, 1.4, leap_stepping, 1e9);
  add("LeapsOfCoupledAfterLockstep", 1.5, -0.8, 0.1, 1.4, Stepping{100.0}, 1e6);
  add("LeapsOfCoupledHugeWeights", 1.5, -1.5, 0.1, 300.0, auto_stepping, 1e6);
  cases.back().cell.trials = 40;
  add("LeapsOfThoseThatPushEachOtherUp", 3.0, 1.0, 0.2, 1.4, auto_stepping, 3e4);
  cases.back().cell.trials = 40;
}

/// Adds every other optimiser and loss, and the flow.
inline void add_method_cases(std::vector<EngineCase>& cases) {
  struct Data {
    const char* name;
    double positive, negative, eta;
  };
  for (const Data& data : {Data{"", 1.0, -1.0, 0.1}, Data{"Unlike", 2.0, -0.5, 0.3}, Data{"Coupled", 1.5, -1.5, 0.1},
                           Data{"PushingUp", 3.0, 1.0, 0.2}, Data{"LargeSteps", 1.0, -1.0, 40.0}}) {
    for (const Method& method : methods_but_the_plain()) {
      const Problem problem = make_problem(data.positive, data.negative, data.eta, method);
      const CellRun cell = cell_of(problem, he_law, he_law, 131);
      cases.push_back({letters_of(method) + data.name, cell, 700.0, eight_a_decade});
      cases.push_back({letters_of(method) + data.name + "EveryStep", cell, 60.0, every_step});
    }
    for (const Method& method : methods_without_steps()) {
      CellRun cell = cell_of(make_problem(data.positive, data.negative, 0.1, method), he_law, he_law, 101);
      cell.stepping = auto_stepping;
      cases.push_back({letters_of(method) + data.name, cell, 1e4, eight_a_decade});
      cases.push_back({letters_of(method) + data.name + "Far", cell, 1e300, each_decade});
    }
  }
  const Problem stiff = make_problem(1e-9, -1e-9, 0.1, method_of("flow", "exp"));
  const InitialDistribution wide = {InitialDistribution::Family::normal, 8.0};
  cases.push_back({"FlowTooStiff", cell_of(stiff, wide, wide, 7), 1e12, listed_times});
}

/// Adds points in R^D.
inline void add_spatial_cases(std::vector<EngineCase>& cases) {
  std::vector<Method> methods = methods_but_the_plain();
  const std::vector<Method> flows = methods_without_steps();
  methods.insert(methods.end(), flows.begin(), flows.end());
  int number = 0;
  for (const CellRun& spatial : spatial_cells()) {
    const std::string name = "Space" + std::to_string(number++);
    EngineCase plain = {name, spatial, 300.0, eight_a_decade};
    cases.push_back(plain);
    plain.name += "Mixed";
    plain.cell.precision = Precision::mixed;
    cases.push_back(plain);
    EngineCase leaping = {name + "Leaps", spatial, spatial.problem.has_orthogonal_points() ? 1e300 : 1e6, each_decade};
    leaping.cell.stepping = spatial.problem.rate_coupling > 0.0 ? lockstep_stepping : auto_stepping;
    if (leaping.cell.stepping.leaps()) cases.push_back(leaping);
    for (const Method& method : methods) {
      EngineCase of_method = {name + letters_of(method), spatial, 60.0, every_step};
      of_method.cell.problem.method = method;
      of_method.cell.trials = 45;
      cases.push_back(of_method);
    }
  }
}

inline const std::vector<EngineCase>& engine_cases() {
  static const std::vector<EngineCase> all = [] {
    std::vector<EngineCase> cases;
    add_descent_cases(cases);
    add_leap_cases(cases);
    add_method_cases(cases);
    add_spatial_cases(cases);
    return cases;
  }();
  return all;
}

}  // namespace logmargin::testing
