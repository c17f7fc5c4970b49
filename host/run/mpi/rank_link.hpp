#pragma once

#include <optional>
#include <string>

namespace logmargin {

/// RankLink carries messages between the processes of a job. Both calls may come from any thread. Messages from one
/// process to another arrive in the order in which they were sent. poll returns at once, and so does send but for a
/// rank that is some dozens of messages ahead of those who receive them.
class RankLink {
 public:
  virtual ~RankLink() = default;

  virtual unsigned rank() const = 0;   ///< below count
  virtual unsigned count() const = 0;  ///< processes of the job; 1 where nothing started several
  /// Returns a name such as "rank 3 on node7".
  virtual std::string name() const = 0;
  /// Returns the rank among the ranks of its machine.
  virtual unsigned local_rank() const = 0;
  /// Returns its share of the machine's cores, at least 1.
  virtual unsigned cores() const = 0;

  virtual void send(unsigned to, std::string message) = 0;
  /// Returns the next message of that rank that has arrived, or nothing where none has.
  virtual std::optional<std::string> poll(unsigned from) = 0;
};

}  // namespace logmargin
