#pragma once

#include "host/engine/device.hpp"
#include "host/run/mpi/rank_link.hpp"

namespace logmargin {

/// SingleProcess is the link of a process that is the whole job.
class SingleProcess final : public RankLink {
 public:
  unsigned rank() const override { return 0; }
  unsigned count() const override { return 1; }
  std::string name() const override { return "the only rank"; }
  unsigned local_rank() const override { return 0; }
  unsigned cores() const override { return available_threads(); }
  void send(unsigned, std::string) override {}
  std::optional<std::string> poll(unsigned) override { return std::nullopt; }
};

}  // namespace logmargin
