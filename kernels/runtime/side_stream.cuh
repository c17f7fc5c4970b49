#pragma once

#include "kernels/runtime/device_array.cuh"

namespace logmargin {

/// Event marks what one stream has done so far, for another to wait for.
class Event {
 public:
  Event() { check(cudaEventCreateWithFlags(&event_, cudaEventDisableTiming), "cudaEventCreateWithFlags"); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { report(cudaEventDestroy(event_), "cudaEventDestroy"); }

  /// Orders two streams: what waiting is given next starts when all that done was given so far is done.
  void order(cudaStream_t done, cudaStream_t waiting) const {
    check(cudaEventRecord(event_, done), "cudaEventRecord");
    check(cudaStreamWaitEvent(waiting, event_), "cudaStreamWaitEvent");
  }

 private:
  cudaEvent_t event_ = nullptr;
};

/// SideStream is a stream for work that runs beside another stream's.
class SideStream {
 public:
  cudaStream_t get() const { return stream_.get(); }

  /// Forks from main: what comes next here starts when all that main was given so far is done.
  void fork_from(cudaStream_t main) const { forked_.order(main, stream_.get()); }
  /// Joins main: what main is given next starts when all that was given here is done.
  void join(cudaStream_t main) const { done_.order(stream_.get(), main); }

 private:
  Stream stream_;
  Event forked_, done_;
};

}  // namespace logmargin
