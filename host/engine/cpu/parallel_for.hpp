#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace logmargin {

/// Hands out 0 ... count - 1 to threads, as work(thread, i), and rethrows the first error any of them met.
template <class Work>
void parallel_for(unsigned threads, std::size_t count, Work&& work) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr error;
  std::mutex error_lock;
  const auto serve = [&](unsigned thread) {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(thread, i);
    } catch (...) {
      const std::lock_guard lock(error_lock);
      if (!error) error = std::current_exception();
      next = count;
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (unsigned thread = 1; thread < threads; ++thread) helpers.emplace_back(serve, thread);
    serve(0);
  }
  if (error) std::rethrow_exception(error);
}

}  // namespace logmargin
