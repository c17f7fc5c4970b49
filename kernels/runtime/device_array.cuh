#pragma once

#include <cuda_runtime_api.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "kernels/runtime/checked_call.hpp"

namespace logmargin {

/// DeviceArray is device memory that frees itself. It is uninitialised at first.
template <class T>
class DeviceArray {
 public:
  DeviceArray(std::size_t size, std::string_view what) : size_(size) {
    check(cudaMalloc(&data_, size * sizeof(T)),
          "cudaMalloc of " + std::to_string(size * sizeof(T)) + " bytes for " + std::string(what));
  }
  DeviceArray(const DeviceArray&) = delete;
  DeviceArray& operator=(const DeviceArray&) = delete;
  ~DeviceArray() { report(cudaFree(data_), "cudaFree"); }

  T* data() { return data_; }
  const T* data() const { return data_; }
  std::size_t size() const { return size_; }

  /// Zeroes the first count items. Precondition: count <= size().
  void zero(std::size_t count, cudaStream_t stream) {
    check(cudaMemsetAsync(data_, 0, count * sizeof(T), stream), "cudaMemsetAsync");
  }
  void upload(const T* from, std::size_t count, cudaStream_t stream) {
    check(cudaMemcpyAsync(data_, from, count * sizeof(T), cudaMemcpyHostToDevice, stream), "cudaMemcpyAsync to device");
  }
  /// Returns the first count items. Waits for the stream.
  std::vector<T> download(std::size_t count, cudaStream_t stream) const {
    std::vector<T> values(count);
    check(cudaMemcpyAsync(values.data(), data_, count * sizeof(T), cudaMemcpyDeviceToHost, stream),
          "cudaMemcpyAsync to host");
    check(cudaStreamSynchronize(stream), "cudaStreamSynchronize");
    return values;
  }

  /// Uploads columns of count numbers each. They lie one after the other at from, and stride apart on the device.
  /// Precondition: count <= stride and columns * stride <= size().
  void upload_columns(const T* from, int columns, std::size_t count, std::size_t stride, cudaStream_t stream) {
    for (std::size_t c = 0; c < static_cast<std::size_t>(columns); ++c) {
      check(cudaMemcpyAsync(data_ + c * stride, from + c * count, count * sizeof(T), cudaMemcpyHostToDevice, stream),
            "cudaMemcpyAsync to device");
    }
  }
  /// Returns such columns from the device. Waits for the stream.
  std::vector<T> download_columns(int columns, std::size_t count, std::size_t stride, cudaStream_t stream) const {
    std::vector<T> values(static_cast<std::size_t>(columns) * count);
    for (std::size_t c = 0; c < static_cast<std::size_t>(columns); ++c) {
      check(cudaMemcpyAsync(values.data() + c * count, data_ + c * stride, count * sizeof(T), cudaMemcpyDeviceToHost,
                            stream),
            "cudaMemcpyAsync to host");
    }
    check(cudaStreamSynchronize(stream), "cudaStreamSynchronize");
    return values;
  }

 private:
  T* data_ = nullptr;
  std::size_t size_;
};

/// Stream is a CUDA stream that waits for no work but its own.
class Stream {
 public:
  Stream() { check(cudaStreamCreateWithFlags(&stream_, cudaStreamNonBlocking), "cudaStreamCreateWithFlags"); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() { report(cudaStreamDestroy(stream_), "cudaStreamDestroy"); }

  cudaStream_t get() const { return stream_; }
  void wait() const { check(cudaStreamSynchronize(stream_), "cudaStreamSynchronize"); }

 private:
  cudaStream_t stream_ = nullptr;
};

}  // namespace logmargin
