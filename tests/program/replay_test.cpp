#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "host/plan/number.hpp"
#include "tests/program/csv_rows.hpp"
#include "tests/program/program.hpp"
#include "tests/support/reference_table.hpp"

namespace logmargin::testing::replay_test {
namespace {

using Json = nlohmann::json;

const std::string header = "t,z11,z12,z21,z22,w1,b1,w2,b2,margin,crossing,pattern,log10_loss,gap,classified";

std::string replay(const Arguments& options) {
  Arguments arguments = {"replay"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const Finished finished = run_logmargin(arguments);
  if (finished.exit_status != 0) throw std::runtime_error(finished.err);
  return finished.out;
}

std::string joined(const std::vector<double>& numbers) {
  std::string text;
  for (const double number : numbers) text += (text.empty() ? "" : ",") + number_text(number);
  return text;
}

/// Within 2e-12, or 1e-13 of its size where that is larger, or infinite alike: what the table's README promises.
void expect_near(double computed, long double exact, const std::string& what) {
  if (std::isinf(exact)) {
    EXPECT_EQ(std::abs(computed), std::abs(static_cast<double>(exact))) << what;
  } else {
    const long double tolerance = std::max(2e-12L, 1e-13L * std::abs(exact));
    EXPECT_LE(std::abs(static_cast<long double>(computed) - exact), tolerance) << what << " is " << computed;
  }
}

void expect_agreement_with_table(const std::string& stepping, double latest_t, std::size_t least_rows) {
  std::map<int, std::vector<ReferenceState>> cases;
  for (const ReferenceState& state : reference_states(latest_t)) cases[state.network].push_back(state);
  ASSERT_GE(cases.size(), 20U);
  std::size_t rows = 0;
  for (const auto& [number, states] : cases) {
    const Weights& theta = states[0].theta;
    std::vector<double> times;
    for (const ReferenceState& state : states) times.push_back(state.t);
    const CsvTable table(replay({"--theta", joined({theta.w1, theta.b1, theta.w2, theta.b2}), "--eta",
                                 number_text(states[0].step_size), "--at", joined(times), "--stepping", stepping}));
    ASSERT_EQ(table.rows(), states.size()) << "case " << number;
    for (std::size_t row = 0; row < states.size(); ++row, ++rows) {
      const ReferenceState& exact = states[row];
      ASSERT_EQ(table.number(row, "t"), exact.t);
      const std::string place = stepping + ", case " + std::to_string(number) + " t " + number_text(exact.t) + " ";
      expect_near(table.number(row, "z11"), exact.z11, place + "z11");
      expect_near(table.number(row, "z12"), exact.z12, place + "z12");
      expect_near(table.number(row, "z21"), exact.z21, place + "z21");
      expect_near(table.number(row, "z22"), exact.z22, place + "z22");
      EXPECT_EQ(table.at(row, "classified"), exact.margin > 0.0L ? "1" : "0") << place;
      if (exact.margin > 0.0L) expect_near(table.number(row, "margin"), exact.margin, place + "margin");
      expect_near(table.number(row, "crossing"), exact.crossing, place + "crossing");
    }
  }
  EXPECT_GE(rows, least_rows);
}

TEST(Replay, AgreesWithHighPrecisionArithmeticStepByStep) { expect_agreement_with_table("lockstep", 1e5, 200); }
TEST(Replay, AgreesWithHighPrecisionArithmeticByLeapsToTheFarthestHorizon) {
  expect_agreement_with_table("leap", 1e300, 350);
}
TEST(Replay, AgreesWithHighPrecisionArithmeticInBothInTurnToTheFarthestHorizon) {
  expect_agreement_with_table("auto", 1e300, 350);
}

/// The rows of times.csv; the last field is empty where the network does not converge.
std::vector<std::vector<std::string>> reference_times() {
  std::ifstream file(LOGMARGIN_REFERENCE_DIR "/times.csv");
  std::string line;
  std::getline(file, line);
  std::vector<std::vector<std::string>> rows;
  while (std::getline(file, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    std::vector<std::string> fields(1);
    for (const char c : line) {
      if (c == ',') {
        fields.emplace_back();
      } else {
        fields.back() += c;
      }
    }
    rows.push_back(fields);
  }
  return rows;
}

TEST(Replay, TellsTheTimesToAGapOfTheTable) {
  const auto rows = reference_times();
  ASSERT_GE(rows.size(), 70U);
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 9U);
    const Json network = Json::parse(replay({"--theta", row[2] + "," + row[3] + "," + row[4] + "," + row[5], "--eta",
                                             row[1], "--at", "1e300", "--eps", row[7], "--format", "json"}))
                             .at("network");
    EXPECT_EQ(network.at("outcome") == "converging", row[6] == "converging") << row[0];
    const Json& time = network.at("log10_t_eps").at(row[7]);
    if (row[8].empty() || row[8] == "-inf") {
      EXPECT_TRUE(time.is_null()) << row[0];
      continue;
    }
    const double exact = std::stod(row[8]);
    EXPECT_NEAR(time.get<double>(), exact, 1e-9 * std::max(1.0, exact)) << "case " << row[0] << " eps " << row[7];
    if (exact <= 5.0) {
      const double steps = std::round(std::pow(10.0, exact));
      EXPECT_NEAR(std::pow(10.0, time.get<double>()), steps, 1e-9 * steps) << "a whole number of steps";
    }
  }
}

TEST(Replay, ExplainTellsTheStoryInWords) {
  const std::string story = replay({"--theta", "1.5,0.6,-0.8,0.9", "--eta", "0.2", "--steps", "1e300", "--explain"});
  for (const char* part : {"t = 4: neuron 2 stops firing at point 1", "it converges", "goes to C = 0.449866",
                           "within 0.1 for good from t = 172 on", "within 0.01 for good from t = 10^20.0409 on"}) {
    EXPECT_NE(story.find(part), std::string::npos) << part << " in:\n" << story;
  }
  for (const char* no : {"nan", "inf "}) EXPECT_EQ(story.find(no), std::string::npos) << no << " in:\n" << story;
}

TEST(Replay, ExplainTellsOfTheFlowInItsOwnTime) {
  // The exit from shared is at (e^2.2 - e^0.8)/(2 kappa).
  const std::string shared =
      replay({"--optimizer", "flow", "--theta", "0.95,0.55,-0.2,0.9", "--steps", "1e300", "--explain"});
  for (const char* part : {"t = 33.99736285: neuron 2 stops firing at point 1", "goes to C = 0.2\n",
                           "within 0.1 for good from t = 10.8093 on"}) {
    EXPECT_NE(shared.find(part), std::string::npos) << part << " in:\n" << shared;
  }
  const std::string sliding = replay(
      {"--optimizer", "flow", "--theta", "1.140335,-0.042726,-1.427079,-0.102354", "--data", "1.5,-0.4", "--explain"});
  for (const char* part : {"t = 1845.623902: neuron 1 stays at zero, firing part of the time, at point 2",
                           "t = 18378.05353: neuron 2 stays at zero, firing part of the time, at point 1"}) {
    EXPECT_NE(sliding.find(part), std::string::npos) << part << " in:\n" << sliding;
  }
}

/// Pattern, weights and loss of each row follow from its pre-activations by their definitions.
TEST(Replay, RowsAreConsistent) {
  const CsvTable table(replay({"--theta", "0.9,0.9,-0.7,0.2", "--data", "2,-0.5", "--steps", "1e4"}));
  ASSERT_GT(table.rows(), 20U);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto value = [&](const char* column) { return table.number(row, column); };
    EXPECT_NEAR(value("w1") * 2.0 + value("b1"), value("z11"), 1e-13);
    EXPECT_NEAR(value("w1") * -0.5 + value("b1"), value("z12"), 1e-13);
    EXPECT_NEAR(value("w2") * 2.0 + value("b2"), value("z21"), 1e-13);
    EXPECT_NEAR(value("w2") * -0.5 + value("b2"), value("z22"), 1e-13);
    std::string pattern;
    for (const char* column : {"z11", "z12", "z21", "z22"}) pattern += value(column) > 0.0 ? '1' : '0';
    EXPECT_EQ(table.at(row, "pattern"), pattern);
    const auto relu = [](double z) { return std::max(z, 0.0); };
    const double first = relu(value("z11")) - relu(value("z21"));
    const double second = relu(value("z12")) - relu(value("z22"));
    EXPECT_NEAR(value("log10_loss"), std::log10(0.5 * (std::exp(-first) + std::exp(second))), 1e-13);
    EXPECT_NEAR(value("crossing"), (value("b2") - value("b1")) / (value("w1") - value("w2")), 1e-12);
  }
}

TEST(Replay, PrintsExactlyTheDocumentedColumns) {
  const std::vector<std::string> lines = lines_of(replay({"--trial", "3", "--steps", "50"}));
  EXPECT_EQ(lines.at(0), header);
  EXPECT_EQ(lines_of(replay({"--theta=1,0,-1,0", "--at", "5"})).at(0), header);
}

TEST(Replay, TheGapIsWhatTheMarginLacks) {
  const CsvTable table(replay({"--theta", "0.9,0.9,-0.7,0.2", "--data", "2,-0.5", "--steps", "1e4"}));
  for (std::size_t row = 0; row < table.rows(); ++row) {
    EXPECT_NEAR(table.number(row, "gap"), 1.25 - table.number(row, "margin"), 1e-15) << row;
  }
  // Long after the margin itself has no digits left for it.
  const Json late =
      Json::parse(replay({"--theta", "2.9,0,-4.9,0", "--eta", "0.01", "--at", "1e300", "--format", "json"}));
  EXPECT_NEAR(late.at("rows").at(0).at("gap").get<double>() * std::log(1e300),
              late.at("network").at("c_theory").get<double>(), 0.01);
}

TEST(Replay, TellsOfNoMarginWhereAPointIsMisclassified) {
  const Arguments trials = {"--trial", "0-99", "--bias", "matched", "--at", "0,1,10,1000"};
  const CsvTable table(replay(trials));
  const Json networks = Json::parse(replay(with_options(trials, {"--format", "json"}))).at("networks");
  std::size_t misclassified = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto fires = [&](const std::string& z) { return std::max(0.0, table.number(row, z)); };
    const bool classified = fires("z11") > fires("z21") && fires("z22") > fires("z12");
    misclassified += classified ? 0 : 1;
    EXPECT_EQ(table.at(row, "classified"), classified ? "1" : "0") << row;
    const Json& json = networks.at(row / 4).at("rows").at(row % 4);
    EXPECT_EQ(json.at("classified"), classified ? 1 : 0);
    for (const char* name : {"margin", "gap"}) {
      EXPECT_EQ(table.at(row, name) == "nan", !classified) << name << " of row " << row;
      EXPECT_EQ(json.at(name).is_null(), !classified) << name << " of row " << row;
    }
  }
  EXPECT_GT(misclassified, 100U);
  EXPECT_LT(misclassified, 380U);
}

TEST(Replay, SeveralTrialsAreTheRowsOfEach) {
  const Arguments sweep = {"--bias", "matched", "--steps", "1000", "--record", "log=1", "--trials", "500"};
  std::string expected;
  for (const std::string trial : {"0", "1", "2", "499", "7"}) {
    const std::vector<std::string> lines = lines_of(replay(with_options({"--trial", trial}, sweep)));
    if (expected.empty()) expected = "trial," + lines[0] + "\n";
    for (std::size_t line = 1; line < lines.size(); ++line) expected += trial + "," + lines[line] + "\n";
  }
  EXPECT_EQ(replay(with_options({"--trial", "0-2,499,7"}, sweep)), expected);

  const Json several = Json::parse(replay(with_options({"--trial", "5,3", "--format", "json"}, sweep))).at("networks");
  ASSERT_EQ(several.size(), 2U);
  for (const auto& [place, trial] : {std::pair{0, 5}, std::pair{1, 3}}) {
    Json alone = Json::parse(replay(with_options({"--trial", std::to_string(trial), "--format", "json"}, sweep)));
    alone["trial"] = trial;
    EXPECT_EQ(several.at(place), alone);
  }
  const std::string words = replay(with_options({"--trial", "5,3", "--explain"}, sweep));
  EXPECT_EQ(words.find("Trial 5\n"), 0U);
  EXPECT_NE(words.find("\n\nTrial 3\n\n" + replay(with_options({"--trial", "3", "--explain"}, sweep))),
            std::string::npos);
  for (const std::string bad : {"0-500", "3-2", "1-", "1,,2", "1-2-3", "x"}) {
    const Finished finished = run_logmargin(with_options({"replay", "--trial", bad}, sweep));
    EXPECT_EQ(finished.exit_status, 2) << bad;
    EXPECT_NE(finished.err.find("--trial: '"), std::string::npos) << finished.err;
  }
}

TEST(Replay, RowsAreAtTheTimesAskedFor) {
  const auto times_of = [](const Arguments& options) {
    const CsvTable table(replay(options));
    std::vector<double> times;
    for (std::size_t row = 0; row < table.rows(); ++row) times.push_back(table.number(row, "t"));
    return times;
  };
  const Arguments trial = {"--trial", "3", "--steps", "100"};
  const auto with = [&](const Arguments& more) {
    Arguments all = trial;
    all.insert(all.end(), more.begin(), more.end());
    return times_of(all);
  };
  EXPECT_EQ(with({"--at", "7,0,3"}), (std::vector<double>{0, 3, 7}));
  EXPECT_EQ(with({"--at", "3,3"}), (std::vector<double>{3}));
  EXPECT_EQ(with({"--at", "0"}), (std::vector<double>{0}));
  EXPECT_EQ(with({"--at", "every=40"}), (std::vector<double>{0, 40, 80, 100}));
  EXPECT_EQ(with({"--record", "log=1"}), (std::vector<double>{0, 1, 10, 100}));
  EXPECT_EQ(with({"--record", "9"}), (std::vector<double>{0, 9, 100}));
}

const Arguments drawn = {"--seed", "5", "--bias", "matched", "--init", "lecun-uniform"};

/// The rows of a trial of the sweep, at t = 500 alone.
std::string replayed_trial(const std::string& trial, const std::string& trials) {
  Arguments options = drawn;
  options.insert(options.end(), {"--trial", trial, "--trials", trials, "--at", "500"});
  return replay(options);
}

/// The least log10 loss at t = 500 of a sweep over so many trials.
double least_of_sweep(const std::string& trials) {
  Arguments arguments = {"sweep", "--json", "--steps", "500", "--record", "9", "--trials", trials};
  arguments.insert(arguments.end(), drawn.begin(), drawn.end());
  const Json checkpoint = Json::parse(run_logmargin(arguments).out).at("cells").at(0).at("checkpoints").back();
  return checkpoint.at("log10_loss").at("min");
}

TEST(Replay, ATrialIsTheSameAmongFewAndMany) {
  EXPECT_EQ(replayed_trial("41", "42"), replayed_trial("41", "1e12"));
  EXPECT_NE(replayed_trial("41", "42"), replayed_trial("40", "42"));
}

TEST(Replay, FollowsTheTrialsOfTheSweep) {
  double least = INFINITY;
  for (int trial = 0; trial < 20; ++trial) {
    least = std::min(least, CsvTable(replayed_trial(std::to_string(trial), "20")).number(0, "log10_loss"));
    if (trial == 0 || trial == 6 || trial == 19) {
      EXPECT_EQ(least_of_sweep(std::to_string(trial + 1)), least);
    }
  }
}

TEST(Replay, JsonSaysTheSameAsCsv) {
  const Arguments network = {"--theta", "1.5,-0.3,-0.8,0.4", "--eta", "0.2", "--steps", "1e4"};
  Arguments as_json = network;
  as_json.insert(as_json.end(), {"--format", "json"});
  const Json json = Json::parse(replay(as_json));
  const CsvTable table(replay(network));
  const CsvRow columns = csv_fields(header + "\n").at(0);
  ASSERT_EQ(json.at("rows").size(), table.rows());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const Json& values = json.at("rows").at(row);
    for (const std::string& column : columns) {
      if (column == "pattern") {
        EXPECT_EQ(values.at(column), table.at(row, column));
      } else {
        EXPECT_EQ(values.at(column).get<double>(), table.number(row, column)) << column;
      }
    }
  }
}

TEST(Replay, JsonDescribesTheNetwork) {
  const Json network =
      Json::parse(replay({"--theta", "1.5,-0.3,-0.8,0.4", "--eta", "0.2", "--steps", "1e4", "--format", "json"}))
          .at("network");
  EXPECT_EQ(network.at("theta"), Json::parse("[1.5,-0.3,-0.8,0.4]"));
  EXPECT_EQ(network.at("eta"), 0.2);
  EXPECT_EQ(network.at("outcome"), "converging");
  // Neuron 1 is at -1.8 where point 2 is, neuron 2 at -0.4 where point 1 is: both stay, and differ by 1.4.
  EXPECT_NEAR(network.at("c_theory").get<double>(), 0.7, 1e-15);
  EXPECT_GT(network.at("dip").at("margin_min").get<double>(), 0.0);
  EXPECT_LT(network.at("dip").at("margin_min").get<double>(), 1.0);
  EXPECT_TRUE(network.at("dip").contains("log10_t_min"));
}

TEST(Replay, JsonOfAStuckNetworkHasNoConstant) {
  const Json network = Json::parse(replay({"--theta", "-1,0,-1,0", "--at", "100", "--format", "json"})).at("network");
  EXPECT_EQ(network.at("outcome"), "stuck");
  EXPECT_TRUE(network.at("c_theory").is_null());
}

}  // namespace
}  // namespace logmargin::testing::replay_test
