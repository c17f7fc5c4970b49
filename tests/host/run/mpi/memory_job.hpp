#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <vector>

#include "host/run/mpi/rank_link.hpp"

namespace logmargin::testing {

/// A job whose ranks are threads of this process.
class MemoryJob {
 public:
  explicit MemoryJob(unsigned count) {
    for (unsigned rank = 0; rank < count; ++rank) links_.emplace_back(*this, rank, count);
  }

  RankLink& link(unsigned rank) { return links_.at(rank); }

 private:
  class Link final : public RankLink {
   public:
    Link(MemoryJob& job, unsigned rank, unsigned count) : job_(job), rank_(rank), count_(count) {}
    unsigned rank() const override { return rank_; }
    unsigned count() const override { return count_; }
    std::string name() const override { return "rank " + std::to_string(rank_); }
    unsigned local_rank() const override { return rank_; }
    unsigned cores() const override { return 1; }

    void send(unsigned to, std::string message) override {
      const std::lock_guard lock(job_.mutex_);
      job_.on_the_way_[{rank_, to}].push_back(std::move(message));
    }
    std::optional<std::string> poll(unsigned from) override {
      const std::lock_guard lock(job_.mutex_);
      auto& messages = job_.on_the_way_[{from, rank_}];
      if (messages.empty()) return std::nullopt;
      std::string message = std::move(messages.front());
      messages.pop_front();
      return message;
    }

   private:
    MemoryJob& job_;
    unsigned rank_, count_;
  };

  std::mutex mutex_;
  std::map<std::pair<unsigned, unsigned>, std::deque<std::string>> on_the_way_;
  std::deque<Link> links_;
};

}  // namespace logmargin::testing
