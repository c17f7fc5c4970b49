#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <tuple>

#include "host/plan/number.hpp"
#include "tests/program/csv_rows.hpp"
#include "tests/program/program.hpp"
#include "tests/support/method_table.hpp"

namespace logmargin::testing::methods_test {
namespace {

using Json = nlohmann::json;

std::string output_of(const Arguments& arguments) {
  const Finished finished = run_logmargin(arguments);
  if (finished.exit_status != 0) throw std::runtime_error(finished.err);
  return finished.out;
}

Json cells_of(const Arguments& options) {
  Arguments arguments = {"sweep", "--json", "--quiet"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  return Json::parse(output_of(arguments)).at("cells");
}

std::string joined(std::initializer_list<double> numbers) {
  std::string text;
  for (const double number : numbers) text += (text.empty() ? "" : ",") + number_text(number);
  return text;
}

TEST(Methods, ReplayFollowsTheReference) {
  const std::vector<MethodRow> rows = method_rows();
  std::size_t compared = 0;
  for (std::size_t first = 0; first < rows.size();) {
    const MethodRow& start = rows[first];
    std::size_t last = first;
    std::string times;
    for (; last < rows.size() && (last == first || rows[last].t > 0.0); ++last) {
      times += (times.empty() ? "" : ",") + number_text(rows[last].t);
    }
    const Weights& theta = start.theta;
    const CsvTable table(output_of({"replay", "--theta", joined({theta.w1, theta.b1, theta.w2, theta.b2}), "--eta",
                                    number_text(start.step_size), "--data", joined({start.x1, start.x2}), "--optimizer",
                                    start.optimizer, "--loss", start.loss, "--at", times}));
    ASSERT_EQ(table.rows(), last - first);
    for (std::size_t row = 0; first < last; ++row, ++first, ++compared) {
      const MethodRow& exact = rows[first];
      const std::array<long double, 4> z = {exact.z11, exact.z12, exact.z21, exact.z22};
      const long double size = std::max({1.0L, std::abs(z[0]), std::abs(z[1]), std::abs(z[2]), std::abs(z[3])});
      const std::string place =
          exact.start + ", " + exact.optimizer + ", " + exact.loss + ", t " + number_text(exact.t);
      const std::array<const char*, 4> names = {"z11", "z12", "z21", "z22"};
      for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_LE(std::abs(table.number(row, names[i]) - z[i]), 2e-12L * size) << place << ", " << names[i];
      }
      EXPECT_LE(std::abs(table.number(row, "log10_loss") - exact.log10_loss), 2e-12L * size) << place;
    }
  }
  EXPECT_GT(compared, 1000U);
}

/// What theory says and the program measures; see the table of optimisers in README.
TEST(Methods, ReplayOfFlowShowsAnyT) {
  const CsvTable table(
      output_of({"replay", "--theta", "1,0,-1,0", "--optimizer", "flow", "--at", "0,2.5,10,0.5", "--steps", "10"}));
  ASSERT_EQ(table.rows(), 4U);
  const double start = std::exp(table.number(0, "z11"));
  const double rate = (std::exp(table.number(3, "z11")) - start) / 10.0;
  EXPECT_GT(rate, 0.0);
  for (const auto& [row, t] : {std::pair(1U, 0.5), std::pair(2U, 2.5)}) {
    EXPECT_EQ(table.number(row, "t"), t);
    EXPECT_NEAR(table.number(row, "z11"), std::log(start + rate * t), 1e-14) << "exp(z11) rises evenly";
  }
  for (const char* wrong : {"0.5,-1", "x", "1e301", "0.5,,1"}) {
    const Finished refused = run_logmargin({"replay", "--trial", "1", "--optimizer", "flow", "--at", wrong});
    EXPECT_EQ(refused.exit_status, 2) << wrong;
    EXPECT_TRUE(refused.err.starts_with("logmargin: --at: '")) << refused.err;
  }
  EXPECT_EQ(run_logmargin({"replay", "--trial", "1", "--at", "0.5"}).exit_status, 2);
}

TEST(Methods, AreConsistentWithTheirTheory) {
  for (const auto& [optimizer, loss] : {std::pair{"gd", "exp"},
                                        {"gd", "logistic"},
                                        {"heavy-ball=0.9", "exp"},
                                        {"heavy-ball=0.5", "logistic"},
                                        {"nesterov", "exp"},
                                        {"nesterov", "logistic"},
                                        {"ngd", "exp"},
                                        {"ngd", "logistic"}}) {
    const Json cell = cells_of({"--optimizer", optimizer, "--loss", loss, "--trials", "400", "--steps", "2e5"}).at(0);
    // By then some networks are too early to tell, and none contradicts its law.
    EXPECT_NE(cell.at("theory").at("consistent"), false) << optimizer << ", " << loss << ": " << cell.at("theory");
    EXPECT_EQ(cell.at("theory").at("contradicting"), 0) << optimizer << ", " << loss;
    EXPECT_NEAR(cell.at("theory").at("measured").get<double>(), 1.0, 0.06) << optimizer << ", " << loss;
    EXPECT_EQ(cell.at("theory").at("measured"), cell.at("rates").at("inverse_log").at("ratio").at("q50"));
    EXPECT_EQ(cell.at("optimizer"), optimizer);
    EXPECT_EQ(cell.at("loss"), loss);
  }
}

TEST(Methods, NgdClosesTheGapLikeOneOverT) {
  const Json cell = cells_of({"--optimizer", "ngd", "--trials", "400", "--steps", "1e6"}).at(0);
  EXPECT_NEAR(cell.at("rates").at("power_exponent").at("q50").get<double>(), 1.0, 0.01);
  EXPECT_GT(cell.at("rates").at("best_fit").at("power_exponent").get<double>(),
            0.9 * cell.at("outcomes").at("converging").get<double>());
  EXPECT_TRUE(cell.at("theory").at("law") == "gap t -> C");
}

TEST(Methods, NesterovHasHalfTheConstantOfGradientDescent) {
  // In the same networks, those that end with the same delta: both neurons silent at the other point from the start.
  const Json cells = cells_of({"--optimizer", "gd,nesterov", "--trials", "400", "--steps", "1e6"});
  const auto constant = [&](std::size_t cell) {
    return cells.at(cell).at("rates").at("inverse_log").at("C").at("q75").get<double>();
  };
  EXPECT_NEAR(constant(1) / constant(0), 0.5, 0.05);
}

/// Two heavy balls are two cells; each network starts from the same draws.
TEST(Methods, AreAxes) {
  const Json cells = cells_of(
      {"--optimizer", "gd,heavy-ball=0,heavy-ball=0.9", "--loss", "exp,logistic", "--trials", "300", "--steps", "100"});
  ASSERT_EQ(cells.size(), 6U);
  EXPECT_EQ(cells.at(0).at("checkpoints").at(0), cells.at(4).at("checkpoints").at(0));
  // Without momentum heavy ball is gradient descent, but for the rounding of its velocity.
  const auto margin = [&](std::size_t cell) { return cells.at(cell).at("checkpoints").back().at("margin").at("q50"); };
  EXPECT_EQ(margin(0), margin(2));
  EXPECT_NE(margin(0), margin(4));
}

TEST(Methods, OfNoKnownLawSayNothing) {
  for (const std::string optimizer : {"dual", "prgd"}) {
    const Json cell = cells_of({"--optimizer", optimizer, "--trials", "200", "--steps", "1e4"}).at(0);
    EXPECT_TRUE(cell.at("theory").at("consistent").is_null());
    EXPECT_EQ(cell.at("theory").at("law"), "not known");
    std::uint64_t sum = 0;
    for (const Json& count : cell.at("outcomes")) sum += count.get<std::uint64_t>();
    EXPECT_EQ(sum, 200U);
  }
}

TEST(Methods, DoNotUnderflow) {
  const CsvTable table(output_of({"replay", "--theta", "2.9,0,-4.9,0", "--optimizer", "ngd", "--eta", "1", "--steps",
                                  "1e7", "--at", "0,1e6,1e7"}));
  // The margins of both points grow by eta a step.
  EXPECT_NEAR(table.number(2, "z11") / 1e7, 1.0, 1e-6);
  EXPECT_NEAR(table.number(2, "log10_loss") * std::log(10.0) / 1e7, -1.0, 1e-6);
  EXPECT_GT(1.0 - table.number(1, "margin"), 9.0 * (1.0 - table.number(2, "margin")));
}

}  // namespace
}  // namespace logmargin::testing::methods_test
