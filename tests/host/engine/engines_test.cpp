#include <gtest/gtest.h>

#include "host/engine/cpu/cpu_engine.hpp"
#include "host/engine/reference_engine.hpp"
#include "tests/support/engine_cases.hpp"
#include "tests/support/fewer_under_sanitizers.hpp"
#include "tests/support/record_listing.hpp"
#include "tests/support/same_state.hpp"

namespace logmargin::engines_test {
namespace {

using testing::bits_of_run;
using testing::EngineCase;
using testing::RecordListing;
using testing::tallies_of;

std::vector<double> numbers_of(const TrialRecord& record) {
  std::vector<double> numbers = {static_cast<double>(record.trial),
                                 record.theta.w1,
                                 record.theta.b1,
                                 record.theta.w2,
                                 record.theta.b2,
                                 record.margin,
                                 record.gap,
                                 static_cast<double>(record.values.horizon.outcome),
                                 record.values.unresolved_t,
                                 record.values.dip.margin,
                                 record.values.dip.t};
  for (Network<double> network : {record.initial, record.last}) {
    for_each_column(network, [&](double value) { numbers.push_back(value); });
  }
  for (const FitValues& fit : record.values.fits) numbers.push_back(fit.rates.inverse_log_constant);
  numbers.insert(numbers.end(), record.values.log10_t_eps.begin(), record.values.log10_t_eps.end());
  return numbers;
}

void expect_same(const std::vector<TrialRecord>& actual, const std::vector<TrialRecord>& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    const std::vector<double> numbers = numbers_of(actual[i]);
    const std::vector<double> of_reference = numbers_of(expected[i]);
    ASSERT_EQ(numbers.size(), of_reference.size());
    for (std::size_t k = 0; k < numbers.size(); ++k) {
      const bool undefined = std::isnan(numbers[k]) && std::isnan(of_reference[k]);
      ASSERT_TRUE(undefined || testing::same_bits(numbers[k], of_reference[k])) << "trial " << i << ", number " << k;
    }
  }
}

class Engines : public ::testing::TestWithParam<EngineCase> {};

/// On each instruction set with another number of threads, the trials listed and not.
TEST_P(Engines, GiveTheReferencesTalliesAndTrials) {
  CellRun cell = GetParam().cell;
  const Schedule schedule = GetParam().schedule();
  RecordListing expected_trials;
  cell.trial_sink = &expected_trials;
  const testing::TallyBitsOfRun expected = bits_of_run(tallies_of(*make_reference_engine(), cell, schedule));
  ASSERT_EQ(expected_trials.records.size(), cell.trials);
  unsigned threads = 1;
  for (const SimdDispatchTable& kernels : available_simd_dispatch_tables()) {
    SCOPED_TRACE(::testing::Message() << kernels.name << ", " << threads << " threads");
    RecordListing trials;
    cell.trial_sink = threads % 2 == 1 ? &trials : nullptr;
    const testing::TallyBitsOfRun actual = bits_of_run(tallies_of(*make_cpu_engine(kernels, threads), cell, schedule));
    ASSERT_EQ(actual.size(), expected.size());
    for (std::size_t r = 0; r < actual.size(); ++r) ASSERT_EQ(actual[r], expected[r]) << "recorded t number " << r;
    if (cell.trial_sink != nullptr) expect_same(trials.records, expected_trials.records);
    ++threads;
  }
}

/// Every case, or one of five under sanitizers, which are slow.
std::vector<EngineCase> cases_of_this_build() {
  const std::vector<EngineCase>& all = testing::engine_cases();
  std::vector<EngineCase> cases;
  for (std::size_t i = 0; i < all.size(); i += testing::under_sanitizers ? 5 : 1) cases.push_back(all[i]);
  return cases;
}

INSTANTIATE_TEST_SUITE_P(All, Engines, ::testing::ValuesIn(cases_of_this_build()),
                         [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace logmargin::engines_test
