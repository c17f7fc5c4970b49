#include "host/engine/trials_in_order.hpp"

namespace logmargin {

void TrialsInOrder::give(std::size_t block, std::vector<TrialRecord> trials) {
  std::unique_lock lock(lock_);
  moved_.wait(lock, [&] { return abandoned_ || block < next_ + window_; });
  if (abandoned_) return;
  waiting_.emplace(block, std::move(trials));
  if (handing_over_) return;
  handing_over_ = true;
  while (!abandoned_ && !waiting_.empty() && waiting_.begin()->first == next_) {
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

void TrialsInOrder::abandon() {
  const std::lock_guard lock(lock_);
  abandoned_ = true;
  waiting_.clear();
  moved_.notify_all();
}

}  // namespace logmargin
