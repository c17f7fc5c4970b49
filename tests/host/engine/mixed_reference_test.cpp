#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "host/engine/cpu/batch.hpp"
#include "logmargin/model/gradient_step.hpp"
#include "tests/support/reference_table.hpp"

namespace logmargin::mixed_reference_test {
namespace {

using testing::ReferenceState;

/// What mixed precision promises of margins up to t = 1e9.
constexpr double promised_margin_error = 1e-5;

/// The reference networks of one step size, stepped as points of the default data.
template <class Number>
class ReferenceCrowd {
 public:
  explicit ReferenceCrowd(const std::vector<ReferenceState>& initial)
      : problem_(make_problem(1.0, -1.0, initial.front().step_size)),
        size_((initial.size() + lane_block - 1) / lane_block * lane_block),
        state_(carried_columns, size_) {
    for (std::size_t i = 0; i < initial.size(); ++i) {
      const auto z = narrow<Number>(network_from_weights(problem_, initial[i].theta));
      int c = 0;
      for (const Number& value : {z.z11, z.z12, z.z21, z.z22}) state_.view().column(c++)[i] = value;
    }
  }

  void advance_to(const SimdDispatchTable& kernels, double t) {
    const auto from = static_cast<std::int64_t>(reached_);
    const auto steps = static_cast<std::int64_t>(t) - from;
    reached_ = t;
    const ColumnsOf<Number> z = state_.view();
    const DescentLoops<Number>& loops = descent_of<Number>(kernels);
    loops.points(problem_.rate_positive, from, steps, {z.column(0), z.column(2), z.column(4)}, size_);
    loops.points(problem_.rate_negative, from, steps, {z.column(3), z.column(1), z.column(5)}, size_);
  }
  Observation<double> seen(std::size_t i) {
    const ColumnsOf<Number> z = state_.view();
    return observe(problem_, widen(Network<Number>{z.column(0)[i], z.column(1)[i], z.column(2)[i], z.column(3)[i]}));
  }

 private:
  Problem problem_;
  std::size_t size_;
  AlignedColumnsOf<Number> state_;
  double reached_ = 0.0;
};

/// The rows of the table up to latest_t, by step size, then t, then in the file's order.
using RowsByTime = std::map<double, std::vector<ReferenceState>>;

std::map<double, RowsByTime> table(double latest_t) {
  std::map<double, RowsByTime> rows;
  for (const ReferenceState& row : testing::reference_states(latest_t)) rows[row.step_size][row.t].push_back(row);
  return rows;
}

/// Steps every network of the table to latest_t, and compares margins where the table has them.
void follow_table(double latest_t) {
  const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
  std::map<double, double> worst;
  for (const auto& [step_size, by_time] : table(latest_t)) {
    const std::vector<ReferenceState>& initial = by_time.at(0.0);
    ReferenceCrowd<Pair<float>> crowd(initial);
    for (const auto& [t, rows] : by_time) {
      crowd.advance_to(kernels, t);
      for (const ReferenceState& row : rows) {
        const auto same = [&](const ReferenceState& start) { return start.network == row.network; };
        const auto place = std::find_if(initial.begin(), initial.end(), same) - initial.begin();
        const auto expected = static_cast<double>(row.margin);
        const double margin = crowd.seen(static_cast<std::size_t>(place)).margin;
        EXPECT_NEAR(margin, expected, promised_margin_error * expected) << "network " << row.network << ", t = " << t;
        if (expected > 0.0) worst[t] = std::max(worst[t], std::fabs(margin - expected) / expected);
      }
    }
  }
  for (const auto& [t, error] : worst)
    std::cout << "t = " << t << ": worst relative error of a margin " << error << '\n';
  EXPECT_FALSE(worst.empty());
}

TEST(MixedReference, MarginsOfTheTableToAMillionSteps) { follow_table(1e6); }

/// Some minutes: run with --gtest_also_run_disabled_tests.
TEST(MixedReference, DISABLED_MarginsOfTheTableToABillionSteps) { follow_table(1e9); }

TEST(MixedReference, MarginsAreThoseOfDoubleAtThirtyMillionSteps) {
  const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
  if (kernels.lanes == 1) GTEST_SKIP() << "one network at a time takes minutes without vector instructions";
  const auto rows = table(0.0);
  // The step size with the most networks.
  const auto most = std::max_element(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.second.at(0.0).size() < b.second.at(0.0).size();
  });
  const std::vector<ReferenceState>& initial = most->second.at(0.0);
  ReferenceCrowd<Pair<float>> mixed(initial);
  ReferenceCrowd<double> in_double(initial);
  mixed.advance_to(kernels, 3e7);
  in_double.advance_to(kernels, 3e7);
  int with_margin = 0;
  for (std::size_t i = 0; i < initial.size(); ++i) {
    const double expected = in_double.seen(i).margin;
    EXPECT_NEAR(mixed.seen(i).margin, expected, promised_margin_error * expected) << "network " << initial[i].network;
    with_margin += expected > 0.0 ? 1 : 0;
  }
  EXPECT_GE(with_margin, 3) << "of " << initial.size();
}

}  // namespace
}  // namespace logmargin::mixed_reference_test
