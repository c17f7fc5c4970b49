#include "host/engine/cuda_engine.hpp"

#include <chrono>
#include <thread>

#include "host/engine/cpu_engine.hpp"
#include "host/engine/device.hpp"
#include "host/engine/gpu_support.hpp"
#include "host/error.hpp"
#include "kernels/device_batch.hpp"
#include "tests/kernels/gpu/gpu_test.hpp"
#include "tests/support/methods.hpp"
#include "tests/support/spatial_cells.hpp"
#include "tests/support/tally_bits.hpp"

namespace logmargin::cuda_engine_test {
namespace {

using CudaEngineGpu = testing::GpuTest;
using Tallies = std::vector<std::vector<std::uint64_t>>;

const ParameterLaw he = {ParameterLaw::Shape::normal, 1.4142135623730951};
const ParameterLaw flat = {ParameterLaw::Shape::uniform, 1.0};
const ParameterLaw none = {ParameterLaw::Shape::normal, 0.0};
const ParameterLaw huge = {ParameterLaw::Shape::normal, 1e6};
const RecordRule eight_a_decade = {};
const RecordRule every_step = {RecordRule::Kind::every, 1.0, {}};
const RecordRule every_seventh = {RecordRule::Kind::every, 7.0, {}};
const RecordRule ends = {RecordRule::Kind::list, 0.0, {}};

Tallies tallies_of(Engine& engine, const CellRun& cell, const Schedule& schedule) {
  Tallies tallies;
  RunControl control;
  const HorizonTally horizon = engine.run(
      cell, schedule, [&](std::size_t, const CheckpointTally& tally) { tallies.push_back(testing::bits_of(tally)); },
      control);
  tallies.push_back(testing::bits_of(horizon));
  return tallies;
}

std::unique_ptr<Engine> cpu() { return make_cpu_engine(available_lane_kernels().back(), available_threads()); }

void expect_same(Engine& engine, const CellRun& cell, const Schedule& schedule) {
  const Tallies actual = tallies_of(engine, cell, schedule);
  const Tallies expected = tallies_of(*cpu(), cell, schedule);
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t r = 0; r < actual.size(); ++r) EXPECT_EQ(actual[r], expected[r]) << "recorded t number " << r;
}

TEST_F(CudaEngineGpu, TalliesAreTheCpuEnginesToTheBit) {
  const auto engine = make_cuda_engine({device});
  for (const Problem& problem : {make_problem(1.0, -1.0, 0.1), make_problem(2.0, -0.5, 0.3),
                                 make_problem(1.5, -1.5, 0.1), make_problem(1.0, -1.0, 1e3)}) {
    for (const ParameterLaw& weights : {he, flat}) {
      for (const ParameterLaw& bias : {none, he}) {
        for (const RecordRule& record : {eight_a_decade, every_step, every_seventh, ends}) {
          for (const Precision precision : {Precision::in_double, Precision::mixed}) {
            expect_same(*engine, {problem, weights, bias, 1, 0, 30'011, precision}, make_schedule(700.0, record));
          }
        }
      }
    }
  }
}

/// With plain cells in between, which take what memory the methods took.
TEST_F(CudaEngineGpu, EveryMethodHasTheCpuEnginesTallies) {
  const auto engine = make_cuda_engine({device});
  for (const Problem& plain : {make_problem(1.0, -1.0, 0.1), make_problem(2.0, -0.5, 0.3), make_problem(1.5, -1.5, 0.1),
                               make_problem(3.0, 1.0, 0.2)}) {
    expect_same(*engine, {plain, he, he, 1, 0, 30'011}, make_schedule(200.0, eight_a_decade));
    for (const Method& method : testing::methods_but_the_plain()) {
      SCOPED_TRACE(testing::letters_of(method));
      Problem problem = plain;
      problem.method = method;
      for (const RecordRule& record : {eight_a_decade, every_step, ends}) {
        expect_same(*engine, {problem, he, he, 1, 0, 30'011}, make_schedule(300.0, record));
      }
    }
  }
}

/// In lockstep and by leaps, with cells on the line in between, which have fewer columns.
TEST_F(CudaEngineGpu, NetworksInSpaceHaveTheCpuEnginesTallies) {
  const auto engine = make_cuda_engine({device});
  for (CellRun cell : testing::spatial_cells()) {
    SCOPED_TRACE(testing::name_of(cell));
    cell.trials = cell.directions.dim == 100 ? 1'001 : 30'011;  // which draws each coordinate
    expect_same(*engine, {make_problem(1.0, -1.0, 0.1), he, he, 1, 0, 1'001}, make_schedule(60.0, eight_a_decade));
    for (const Precision precision : {Precision::in_double, Precision::mixed}) {
      cell.precision = precision;
      for (const RecordRule& record : {eight_a_decade, every_step, ends}) {
        expect_same(*engine, cell, make_schedule(300.0, record));
      }
    }
    cell.precision = Precision::in_double;
    for (const Method& method : testing::methods_but_the_plain()) {
      CellRun of_method = cell;
      of_method.problem.method = method;
      SCOPED_TRACE(testing::letters_of(method));
      for (const RecordRule& record : {eight_a_decade, every_step}) {
        expect_same(*engine, of_method, make_schedule(90.0, record));
      }
    }
    if (!cell.problem.decoupled()) continue;
    cell.stepping = leap_stepping;
    expect_same(*engine, cell, make_schedule(1e300, {RecordRule::Kind::per_decade, 1, {}}));
  }
}

/// Flows, on the line and in space.
TEST_F(CudaEngineGpu, PathsHaveTheCpuEnginesTallies) {
  const auto engine = make_cuda_engine({device});
  for (const Method& method : testing::methods_without_steps()) {
    SCOPED_TRACE(testing::letters_of(method));
    std::vector<CellRun> cells = testing::spatial_cells();
    for (const auto& [positive, negative] : {std::pair{1.0, -1.0}, {2.0, -0.5}, {1.5, -0.4}, {3.0, 1.0}}) {
      cells.push_back({make_problem(positive, negative, 0.1), {he, he}, 1, 0, 0});
      cells.back().thresholds = {0.1, 0.01};
    }
    for (CellRun& cell : cells) {
      cell.problem.method = method;
      cell.trials = 3'001;
      SCOPED_TRACE(testing::name_of(cell));
      for (const RecordRule& record : {eight_a_decade, every_seventh, ends}) {
        expect_same(*engine, cell, make_schedule(300.0, record));
      }
      expect_same(*engine, cell, make_schedule(1e300, {RecordRule::Kind::per_decade, 1, {}}));
    }
  }
}

/// Points so much alike that a path is given up.
TEST_F(CudaEngineGpu, PathsTooStiffAreRefusedAsOnTheCpu) {
  const Problem problem = make_problem(1e-9, -1e-9, 0.1, testing::method_of("flow", "exp"));
  const ParameterLaw wide = {ParameterLaw::Shape::normal, 8.0};
  const CellRun cell = {problem, {wide, wide}, 1, 0, 2'000};
  const Schedule schedule = make_schedule(1e12, ends);
  EXPECT_THROW(tallies_of(*cpu(), cell, schedule), UsageError);
  EXPECT_THROW(tallies_of(*make_cuda_engine({device}), cell, schedule), UsageError);
}

TEST_F(CudaEngineGpu, HugeNetworksUnderEveryMethod) {
  const auto engine = make_cuda_engine({device});
  for (const Method& method : testing::methods_but_the_plain()) {
    SCOPED_TRACE(testing::letters_of(method));
    for (const ParameterLaw& weights : {huge, ParameterLaw{ParameterLaw::Shape::normal, 1e300}}) {
      const Problem problem = make_problem(1.5, -1.5, 0.1, method);
      expect_same(*engine, {problem, weights, huge, 1, 0, 100'000}, make_schedule(40.0, every_step));
    }
  }
}

TEST_F(CudaEngineGpu, OddNumbersOfTrials) {
  const auto engine = make_cuda_engine({device});
  for (const std::uint64_t trials : {1U, 31U, 33U, 1'000'007U}) {
    for (const Precision precision : {Precision::in_double, Precision::mixed}) {
      const CellRun cell = {make_problem(1.0, -1.0, 0.1), he, he, 1, 3, trials, precision};
      expect_same(*engine, cell, make_schedule(60.0, eight_a_decade));
      expect_same(*engine, cell, make_schedule(9.0, every_step));
    }
  }
}

/// Values without a bin counter, more of them than the list holds at a time.
TEST_F(CudaEngineGpu, ValuesBeyondTheWindowsAreAllCounted) {
  const auto engine = make_cuda_engine({device});
  expect_same(*engine, {make_problem(1.0, -1.0, 0.1), huge, huge, 1, 0, 500'000}, make_schedule(40.0, every_step));
}

TEST_F(CudaEngineGpu, SeveralPassesOverTheTimesGiveTheSame) {
  const auto engine = make_cuda_engine({device});
  for (const Precision precision : {Precision::in_double, Precision::mixed}) {
    expect_same(*engine, {make_problem(1.0, -1.0, 0.1), he, he, 1, 0, 501, precision},
                make_schedule(4'000.0, every_step));
  }
  for (const Method& method : testing::methods_but_the_plain()) {
    SCOPED_TRACE(testing::letters_of(method));
    expect_same(*engine, {make_problem(1.0, -1.0, 0.1, method), he, he, 1, 0, 501}, make_schedule(4'000.0, every_step));
  }
  CellRun in_space = testing::spatial_cells().front();
  in_space.trials = 501;
  expect_same(*engine, in_space, make_schedule(4'000.0, every_step));
}

TEST_F(CudaEngineGpu, SeveralDevicesShareTheTrials) {
  std::vector<GpuDevice> devices = report_gpus().devices;
  if (devices.size() == 1) devices.push_back(devices[0]);
  const auto engine = make_cuda_engine(devices);
  expect_same(*engine, {make_problem(1.0, -1.0, 0.1), he, he, 1, 0, 100'003}, make_schedule(700.0, eight_a_decade));
}

TEST_F(CudaEngineGpu, StopsSoonWhenAsked) {
  const auto engine = make_cuda_engine({device});
  RunControl control;
  const std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    control.stop_signal = 15;
  });
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THROW(engine->run(
                   {make_problem(1.0, -1.0, 0.1), he, he, 1, 0, 1'000'000}, make_schedule(1e12, eight_a_decade),
                   [](std::size_t, const CheckpointTally&) {}, control),
               Interrupted);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

/// A device without room: half as many networks at a time, until they fit.
TEST_F(CudaEngineGpu, TakesSmallerBatchesThanItAskedFor) {
  constexpr std::size_t left = std::size_t{1} << 30;
  if (device.free_bytes < 2 * left) GTEST_SKIP() << "the device has too little memory to begin with";
  const DeviceBatch<double> hog(device.index, (device.free_bytes - left) / DeviceBatch<double>::bytes().per_network);
  const auto engine = make_cuda_engine({device});
  expect_same(*engine, {make_problem(1.0, -1.0, 0.1), he, he, 1, 0, 20'000'000}, make_schedule(1.0, ends));
}

TEST_F(CudaEngineGpu, ADeviceThatIsNotThereIsRefusedByName) {
  EXPECT_THROW(make_gpu_engine("cuda:1000"), DeviceError);
  EXPECT_THROW(make_gpu_engine("cuda:x"), UsageError);
}

}  // namespace
}  // namespace logmargin::cuda_engine_test
