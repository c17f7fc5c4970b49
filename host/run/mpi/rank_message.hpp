#pragma once

#include <string>
#include <string_view>

namespace logmargin {

/// RankMessageKind is what ranks say to each other, always along the tree. Down go order and leave. Up go ready, then
/// for each order its checkpoints, a horizon, and as many rows as that announces. interrupted or failed may come in the
/// place of any of these, and bye is the last.
enum class RankMessageKind : char {
  ready = 'r',        ///< the run's configuration: this rank and those below it can take orders
  order = 'o',        ///< a cell and a range of its trials
  checkpoint = 'c',   ///< the tally of the next recorded t
  horizon = 'h',      ///< the steps computed, the number of messages of rows to come, and the tally at the horizon
  rows = 't',         ///< rows of trials: of those that are listed, the next
  interrupted = 'i',  ///< a signal's number: the order was given up
  failed = 'f',       ///< a reason, for people
  leave = 'l',        ///< there will be no more orders; one in progress is given up
  bye = 'b'
};

struct RankMessage {
  RankMessageKind kind;
  std::string body;
};

inline std::string packed(RankMessageKind kind, std::string_view body = {}) {
  return std::string(1, static_cast<char>(kind)).append(body);
}

/// Returns the message in its parts. An empty message has no kind and is read as failed.
inline RankMessage unpacked(std::string_view message) {
  if (message.empty()) return {RankMessageKind::failed, "an empty message arrived"};
  return {static_cast<RankMessageKind>(message.front()), std::string(message.substr(1))};
}

}  // namespace logmargin
