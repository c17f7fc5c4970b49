#include "kernels/batch/device_batch.hpp"

#include "host/engine/cpu/parallel_for.hpp"
#include "kernels/device/initialise_body.hpp"
#include "kernels/device/stepper_columns.hpp"
#include "kernels/runtime/gpu_error.hpp"
#include "kernels/runtime/launch_shape.hpp"
#include "tests/kernels/gpu/gpu_test.hpp"
#include "tests/support/methods.hpp"
#include "tests/support/plain_descent.hpp"
#include "tests/support/same_state.hpp"
#include "tests/support/space/spatial_cells.hpp"

namespace logmargin::device_batch_test {
namespace {

using DeviceBatchGpu = testing::GpuTest;

const InitialDistribution he = {InitialDistribution::Family::normal, 1.4142135623730951};
const InitialDistribution flat = {InitialDistribution::Family::uniform, 1.0};
const InitialDistribution none = {InitialDistribution::Family::normal, 0.0};

/// Networks whose state after the steps is not the CPU's, to the bit.
template <class Number>
std::size_t count_differences(std::vector<Number> states, const CellParameters& source, std::uint64_t first_trial,
                              std::size_t count, std::int64_t steps) {
  const DeviceColumns<Number> columns = {states.data(), count};
  constexpr std::size_t share = 4096;
  std::atomic<std::size_t> different{0};
  parallel_for(
      std::max(1U, std::thread::hardware_concurrency()), (count + share - 1) / share, [&](unsigned, std::size_t part) {
        const std::size_t end = std::min(count, (part + 1) * share);
        for (std::size_t i = part * share; i < end; ++i) {
          const Weights theta =
              initial_weights({source.weight_distribution, source.bias_distribution}, source.seed, first_trial + i);
          const auto expected =
              testing::plain_steps(source.problem, narrow<Number>(network_from_weights(source.problem, theta)), steps);
          if (!testing::same_bits(columns.template load<Network<Number>>(0, i), expected)) ++different;
        }
      });
  return different;
}

template <class Number>
void expect_cpu_states_in(int device, const CellParameters& source, std::size_t count, std::int64_t steps) {
  constexpr std::uint64_t first_trial = 5'000'000'000;
  DeviceBatch<Number> batch(device, count);
  batch.initialise(source, first_trial, count);
  EXPECT_EQ(count_differences(batch.save_states(), source, first_trial, count, 0), 0U)
      << count << " networks at the start";
  // Three launches, so that points change lists on the way.
  for (const std::int64_t part : {steps / 7, steps / 3, steps - steps / 7 - steps / 3}) batch.advance(part);
  EXPECT_EQ(count_differences(batch.save_states(), source, first_trial, count, steps), 0U) << count << " networks";
}

void expect_cpu_states(int device, const CellParameters& source, std::size_t count, std::int64_t steps) {
  expect_cpu_states_in<double>(device, source, count, steps);
  expect_cpu_states_in<Pair<float>>(device, source, count, steps);
}

TEST_F(DeviceBatchGpu, AMillionNetworksHaveTheCpusStates) {
  for (const InitialDistribution& bias : {none, he}) {
    for (const InitialDistribution& weights : {he, flat}) {
      expect_cpu_states(device.index, {make_problem(1.0, -1.0, 0.1), weights, bias, 1}, 1'000'000, 200);
    }
  }
}

TEST_F(DeviceBatchGpu, EveryKindOfDataHasTheCpusStates) {
  expect_cpu_states(device.index, {make_problem(2.0, -0.5, 0.1), he, he, 1}, 100'000, 3000);
  expect_cpu_states(device.index, {make_problem(1.5, -1.5, 0.1), he, he, 1}, 100'000, 3000);
  expect_cpu_states(device.index, {make_problem(3.0, 1.0, 0.2), he, none, 1}, 100'000, 3000);
  expect_cpu_states(device.index, {make_problem(1.0, -1.0, 1e3), he, he, 1}, 100'000, 3000);
}

/// States with what the optimisers remember, over a save on the way.
TEST_F(DeviceBatchGpu, EveryMethodHasTheCpusStates) {
  constexpr std::size_t count = 10'001;
  constexpr std::int64_t steps = 90;
  for (const Method& method : testing::methods_but_the_plain()) {
    SCOPED_TRACE(testing::letters_of(method));
    const CellParameters source = {make_problem(1.5, -1.5, 0.1, method), he, he, 1};
    DeviceBatch<double> batch(device.index, count, column_counts<double>(source.problem, source.stepping));
    batch.initialise(source, 0, count);
    batch.advance(steps / 3);
    const SavedNetworks<double> saved = batch.save();
    batch.initialise(source, 77, 1'000);
    batch.restore(source, 0, saved);
    batch.advance(steps - steps / 3);
    std::vector<double> states = batch.save_states();
    const DeviceColumns<double> columns = {states.data(), count};
    std::size_t different = 0;
    for (std::size_t i = 0; i < count; ++i) {
      MethodState expected = start_of(source.problem, trial_start<NetworkOnLine>(source, i).network);
      advance_state(source.problem, 0.0, steps, expected);
      const auto actual = columns.load<MethodState>(0, i);
      bool same = testing::same_bits(actual.network, expected.network);
      for (int c = 0; c < most_memory_columns; ++c) {
        same = same && testing::same_bits(actual.memory[c], expected.memory[c]);
      }
      if (!same) ++different;
    }
    EXPECT_EQ(different, 0U);
  }
}

/// What is drawn on the device, with its axes there; and again after a save on the way.
TEST_F(DeviceBatchGpu, NetworksInSpaceHaveTheCpusStartsAndFrozenParts) {
  constexpr std::size_t count = 10'001;
  constexpr std::uint64_t first_trial = 5'000'000'000;
  for (CellRun cell : testing::spatial_cells()) {
    SCOPED_TRACE(testing::name_of(cell));
    cell.problem.method = testing::method_of("prgd", "exp");
    const CellParameters source = {
        cell.problem,          cell.laws.weight, cell.laws.bias, cell.seed, std::numeric_limits<double>::infinity(),
        cell.directions.axes()};
    DeviceBatch<double> batch(device.index, count, column_counts<double>(source.problem, source.stepping));
    batch.initialise(source, first_trial, count);
    const SavedNetworks<double> started = batch.save();
    batch.initialise(source, 77, 1'000);
    batch.restore(source, first_trial, started);
    SavedNetworks<double> saved = batch.save();
    const DeviceColumns<double> states = {saved.states.data(), count};
    const DeviceColumns<double> tracks = {saved.tracks.data(), count};
    std::size_t different = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const auto [network, geometry] = trial_start<NetworkInRd>(source, first_trial + i);
      const MethodState expected = start_of(source.problem, network, geometry.orthogonal_square(source.problem));
      const auto actual = states.load<MethodState>(0, i);
      const auto orthogonal = tracks.load<OrthogonalComponent<double>>(first_orthogonal_column, i);
      bool same = testing::same_bits(actual.network, expected.network) &&
                  testing::same_bits(orthogonal.phi_1, geometry.orthogonal.phi_1) &&
                  testing::same_bits(orthogonal.phi_2, geometry.orthogonal.phi_2) &&
                  testing::same_bits(orthogonal.rest_11, geometry.orthogonal.rest_11) &&
                  testing::same_bits(orthogonal.rest_21, geometry.orthogonal.rest_21) &&
                  testing::same_bits(orthogonal.rest_22, geometry.orthogonal.rest_22);
      for (int c = 0; c < most_memory_columns; ++c) {
        same = same && testing::same_bits(actual.memory[c], expected.memory[c]);
      }
      if (!same) ++different;
    }
    EXPECT_EQ(different, 0U);
  }
}

TEST_F(DeviceBatchGpu, OddSizesAndEveryLaunchShape) {
  const CellParameters source = {make_problem(1.0, -1.0, 0.1), he, he, 2};
  for (const std::size_t count : {1U, 31U, 33U, 1'000'007U}) expect_cpu_states(device.index, source, count, 20);
  // Sizes at which a thread takes one point and two.
  const auto busy = static_cast<std::size_t>(device.multiprocessors) * 1024;
  for (const std::size_t count : {busy / 4, busy / 4 + 1, 2 * busy}) {
    expect_cpu_states(device.index, source, count, 20);
  }
}

template <class Number>
void expect_restored(int device) {
  const CellParameters source = {make_problem(1.0, -1.0, 0.1), he, he, 2};
  DeviceBatch<Number> batch(device, 2048);
  batch.initialise(source, 0, 1'001);
  batch.advance(50);
  const SavedNetworks<Number> saved = batch.save();
  batch.initialise(source, 77, 2'000);
  batch.restore(source, 0, saved);
  const std::vector<double> tracks = batch.save().tracks;
  ASSERT_EQ(tracks.size(), saved.tracks.size());
  // By bits: what is not known yet is NaN.
  EXPECT_TRUE(std::equal(tracks.begin(), tracks.end(), saved.tracks.begin(),
                         [](double a, double b) { return testing::same_bits(a, b); }));
  batch.advance(50);
  EXPECT_EQ(count_differences(batch.save_states(), source, 0, 1'001, 100), 0U);
}

TEST_F(DeviceBatchGpu, SavedAndRestoredGoesOnAsIfNothingHappened) {
  expect_restored<double>(device.index);
  expect_restored<Pair<float>>(device.index);
}

TEST_F(DeviceBatchGpu, MoreMemoryThanThereIsSaysSo) {
  EXPECT_THROW(DeviceBatch<double>(device.index, device.memory_bytes / sizeof(double)), GpuOutOfMemory);
  // And the device goes on working.
  expect_cpu_states(device.index, {make_problem(1.0, -1.0, 0.1), he, he, 2}, 100, 10);
}

}  // namespace
}  // namespace logmargin::device_batch_test
