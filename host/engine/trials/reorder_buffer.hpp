#pragma once

#include <condition_variable>
#include <map>
#include <mutex>

#include "host/engine/trials/trial_record.hpp"

namespace logmargin {

/// ReorderBuffer hands blocks of rows that threads finish in any order to a sink in rising order. It holds no more than
/// a window of them: a thread that is too far ahead waits.
class ReorderBuffer {
 public:
  /// Takes the sink and the window, in blocks. Precondition: blocks are begun in rising order, so that the one that is
  /// waited for is always under way.
  ReorderBuffer(TrialSink& sink, std::size_t window) : sink_(sink), window_(window) {}

  /// Hands over a block, from any thread; block counts from 0. Throws what the sink throws.
  void push(std::size_t block, std::vector<double> rows);
  /// Releases all threads that wait, and drops what is given from here on. Call it when a block will never come.
  void cancel();

 private:
  TrialSink& sink_;
  std::size_t window_;
  std::mutex lock_;
  std::condition_variable moved_;
  std::map<std::size_t, std::vector<double>> waiting_;
  std::size_t next_ = 0;
  bool handing_over_ = false;
  bool cancelled_ = false;
};

}  // namespace logmargin
