#include "host/engine/trials/reorder_buffer.hpp"

namespace logmargin {

void ReorderBuffer::push(std::size_t block, std::vector<double> rows) {
  std::unique_lock lock(lock_);
  moved_.wait(lock, [&] { return cancelled_ || block < next_ + window_; });
  if (cancelled_) return;
  waiting_.emplace(block, std::move(rows));
  if (handing_over_) return;
  handing_over_ = true;
  while (!cancelled_ && !waiting_.empty() && waiting_.begin()->first == next_) {
    const auto turn = waiting_.extract(waiting_.begin());
    // The others go on computing while the sink works.
    lock.unlock();
    sink_.take(turn.mapped());
    lock.lock();
    ++next_;
    moved_.notify_all();
  }
  handing_over_ = false;
}

void ReorderBuffer::cancel() {
  const std::lock_guard lock(lock_);
  cancelled_ = true;
  waiting_.clear();
  moved_.notify_all();
}

}  // namespace logmargin
