#pragma once

#include "kernels/device_array.cuh"

namespace logmargin {

/// A stream for work that runs beside another stream's.
class SideStream {
 public:
  SideStream() {
    check(cudaEventCreateWithFlags(&forked_, cudaEventDisableTiming), "cudaEventCreateWithFlags");
    check(cudaEventCreateWithFlags(&done_, cudaEventDisableTiming), "cudaEventCreateWithFlags");
  }
  SideStream(const SideStream&) = delete;
  SideStream& operator=(const SideStream&) = delete;
  ~SideStream() {
    report(cudaEventDestroy(forked_), "cudaEventDestroy");
    report(cudaEventDestroy(done_), "cudaEventDestroy");
  }

  cudaStream_t get() const { return stream_.get(); }

  /// What comes next here starts when all that main was given so far is done.
  void fork_from(cudaStream_t main) const {
    check(cudaEventRecord(forked_, main), "cudaEventRecord");
    check(cudaStreamWaitEvent(stream_.get(), forked_), "cudaStreamWaitEvent");
  }
  /// What main is given next starts when all that was given here is done.
  void join(cudaStream_t main) const {
    check(cudaEventRecord(done_, stream_.get()), "cudaEventRecord");
    check(cudaStreamWaitEvent(main, done_), "cudaStreamWaitEvent");
  }

 private:
  Stream stream_;
  cudaEvent_t forked_ = nullptr, done_ = nullptr;
};

}  // namespace logmargin
