#include "host/engine/cuda/cuda_engine.hpp"

#include <chrono>
#include <thread>

#include "host/engine/cpu/cpu_engine.hpp"
#include "host/engine/cuda/gpu_support.hpp"
#include "host/engine/device.hpp"
#include "host/error.hpp"
#include "kernels/batch/device_batch.hpp"
#include "tests/kernels/gpu/gpu_test.hpp"
#include "tests/support/engine_cases.hpp"

namespace logmargin::cuda_engine_test {
namespace {

using CudaEngineGpu = testing::GpuTest;
const InitialDistribution he = testing::he_law;
const InitialDistribution huge = {InitialDistribution::Family::normal, 1e6};
const RecordRule ends = {RecordRule::Kind::list, 0.0, {}};

testing::TallyBitsOfRun bits_of(Engine& engine, const CellRun& cell, const Schedule& schedule) {
  return testing::bits_of_run(testing::tallies_of(engine, cell, schedule));
}

std::unique_ptr<Engine> cpu() { return make_cpu_engine(available_simd_dispatch_tables().back(), available_threads()); }

void expect_same(Engine& engine, const CellRun& cell, const Schedule& schedule) {
  const testing::TallyBitsOfRun actual = bits_of(engine, cell, schedule);
  const testing::TallyBitsOfRun expected = bits_of(*cpu(), cell, schedule);
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t r = 0; r < actual.size(); ++r) EXPECT_EQ(actual[r], expected[r]) << "recorded t number " << r;
}

/// By one engine, which keeps its memory from cell to cell, whatever columns they have. The few trials of a case are
/// the reference's too (see Engines); many fill several batches and warps.
TEST_F(CudaEngineGpu, EveryCaseHasTheCpuEnginesTallies) {
  const auto engine = make_cuda_engine({device});
  for (const testing::EngineCase& of : testing::engine_cases()) {
    SCOPED_TRACE(of.name);
    expect_same(*engine, of.cell, of.schedule());
    CellRun many = of.cell;
    many.trials = 40 * many.trials + 11;
    // Paths, spaces of a million dimensions and steps by the million take their time on the CPU.
    const bool costly = many.directions.dim >= 100 || of.horizon > 1e5 || of.name.starts_with("flow");
    if (!costly && gpus_compute(many)) expect_same(*engine, many, of.schedule());
  }
}

TEST_F(CudaEngineGpu, OddNumbersOfTrials) {
  const auto engine = make_cuda_engine({device});
  for (const std::uint64_t trials : {1U, 31U, 33U, 1'000'007U}) {
    for (const Precision precision : {Precision::in_double, Precision::mixed}) {
      const CellRun cell = {make_problem(1.0, -1.0, 0.1), he, he, 1, 3, trials, precision};
      expect_same(*engine, cell, make_schedule(60.0, testing::eight_a_decade));
      expect_same(*engine, cell, make_schedule(9.0, testing::every_step));
    }
  }
}

/// Values without a bin counter, more of them than the list holds at a time: under every method, in space and by leaps.
TEST_F(CudaEngineGpu, ValuesBeyondTheWindowsAreAllCounted) {
  const auto engine = make_cuda_engine({device});
  const Schedule schedule = make_schedule(40.0, testing::every_step);
  expect_same(*engine, {make_problem(1.0, -1.0, 0.1), {huge, huge}, 1, 0, 500'000}, schedule);
  for (const Method& method : testing::methods_but_the_plain()) {
    SCOPED_TRACE(testing::letters_of(method));
    for (const InitialDistribution& weights : {huge, InitialDistribution{InitialDistribution::Family::normal, 1e300}}) {
      expect_same(*engine, {make_problem(1.5, -1.5, 0.1, method), {weights, huge}, 1, 0, 100'000}, schedule);
    }
  }
  CellRun multi_dimensional = testing::spatial_cells().front();
  multi_dimensional.laws = {huge, huge};
  multi_dimensional.trials = 100'000;
  expect_same(*engine, multi_dimensional, schedule);
  CellRun leaping = {make_problem(1.0, -1.0, 0.1), {huge, huge}, 1, 0, 100'000};
  leaping.stepping = leap_stepping;
  expect_same(*engine, leaping, schedule);
}

TEST_F(CudaEngineGpu, SeveralPassesOverTheTimesGiveTheSame) {
  const auto engine = make_cuda_engine({device});
  const CellRun plain = {make_problem(1.0, -1.0, 0.1), {he, he}, 1, 0, 501};
  std::vector<CellRun> cells = {plain, plain, plain, testing::spatial_cells().front()};
  cells[1].precision = Precision::mixed;
  cells[2].stepping = Stepping{200.0};
  cells[3].trials = 501;
  std::vector<Method> methods = testing::methods_but_the_plain();
  methods.push_back(testing::method_of("flow", "exp"));
  for (const Method& method : methods) {
    cells.push_back(plain);
    cells.back().problem.method = method;
  }
  for (const CellRun& cell : cells) {
    SCOPED_TRACE(testing::letters_of(cell.problem.method));
    expect_same(*engine, cell, make_schedule(4'000.0, testing::every_step));
  }
}

TEST_F(CudaEngineGpu, SeveralDevicesShareTheTrials) {
  std::vector<GpuDevice> devices = report_gpus().devices;
  if (devices.size() == 1) devices.push_back(devices[0]);
  const auto engine = make_cuda_engine(devices);
  expect_same(*engine, {make_problem(1.0, -1.0, 0.1), he, he, 1, 0, 100'003},
              make_schedule(700.0, testing::eight_a_decade));
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
                   {make_problem(1.0, -1.0, 0.1), he, he, 1, 0, 1'000'000},
                   make_schedule(1e12, testing::eight_a_decade), [](std::size_t, const RecordedTally&) {}, control),
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
