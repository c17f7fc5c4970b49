#pragma once

#include <bit>
#include <map>
#include <mutex>

#include "host/engine/trials/trial_record.hpp"

namespace logmargin::testing {

/// RecordListing keeps the records of the trials that it takes, in the order in which it takes them. A row is the
/// trial's index.
class RecordListing : public TrialSink {
 public:
  void append_row(const TrialRecord& record, std::vector<double>& rows) const override {
    const std::lock_guard lock(lock_);
    made_.insert_or_assign(record.trial, record);
    rows.push_back(std::bit_cast<double>(record.trial));
  }
  void take(std::span<const double> rows) override {
    const std::lock_guard lock(lock_);
    for (const double row : rows) records.push_back(made_.at(std::bit_cast<std::uint64_t>(row)));
  }

  std::vector<TrialRecord> records;

 private:
  mutable std::mutex lock_;
  mutable std::map<std::uint64_t, TrialRecord> made_;
};

}  // namespace logmargin::testing
