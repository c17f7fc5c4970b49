#include <algorithm>
#include <cub/device/device_radix_sort.cuh>
#include <cub/device/device_run_length_encode.cuh>

#include "kernels/tally/equal_values.cuh"

namespace logmargin {

namespace {

struct Workspace {
  void* data;
  std::size_t bytes;
};

/// Sorts the values. Without workspace data it only returns the bytes that the workspace takes.
std::size_t sort(Workspace workspace, cub::DoubleBuffer<double>& values, std::size_t size, cudaStream_t stream) {
  check(cub::DeviceRadixSort::SortKeys(workspace.data, workspace.bytes, values, size, 0, 8 * sizeof(double), stream),
        "cub::DeviceRadixSort::SortKeys");
  return workspace.bytes;
}

std::size_t count_runs(Workspace workspace, const double* sorted, double* distinct, unsigned* occurrences, int* runs,
                       std::size_t size, cudaStream_t stream) {
  check(cub::DeviceRunLengthEncode::Encode(workspace.data, workspace.bytes, sorted, distinct, occurrences, runs,
                                           static_cast<int>(size), stream),
        "cub::DeviceRunLengthEncode::Encode");
  return workspace.bytes;
}

std::size_t workspace_bytes(std::size_t size) {
  cub::DoubleBuffer<double> values;
  return std::max(sort({nullptr, 0}, values, size, nullptr),
                  count_runs({nullptr, 0}, nullptr, nullptr, nullptr, nullptr, size, nullptr));
}

}  // namespace

EqualValues::EqualValues(std::size_t capacity)
    : first_(capacity, "values to count"),
      second_(capacity, "values to count"),
      occurrences_(capacity, "their occurrences"),
      distinct_(1, "number of distinct values"),
      workspace_(workspace_bytes(capacity), "workspace of the sort") {}

std::vector<std::pair<double, std::uint64_t>> EqualValues::count(std::size_t size, cudaStream_t stream) {
  const Workspace workspace = {workspace_.data(), workspace_.size()};
  cub::DoubleBuffer<double> values(first_.data(), second_.data());
  sort(workspace, values, size, stream);
  count_runs(workspace, values.Current(), values.Alternate(), occurrences_.data(), distinct_.data(), size, stream);
  const auto found = static_cast<std::size_t>(distinct_.download(1, stream)[0]);
  const DeviceArray<double>& distinct = values.Alternate() == first_.data() ? first_ : second_;
  const std::vector<double> numbers = distinct.download(found, stream);
  const std::vector<unsigned> occurrences = occurrences_.download(found, stream);
  std::vector<std::pair<double, std::uint64_t>> counted;
  for (std::size_t k = 0; k < found; ++k) counted.emplace_back(numbers[k], occurrences[k]);
  return counted;
}

}  // namespace logmargin
