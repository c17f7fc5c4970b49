#pragma once

#include "host/cli/parsed_options.hpp"
#include "host/engine/device.hpp"
#include "host/run/mpi/rank_link.hpp"

namespace logmargin {

/// These functions read options whose meaning depends on how many processes do the run.

/// Throws UsageError where options do not go with several ranks.
void require_options_for_ranks(const ParsedOptions& options, const RankLink& link);

/// Returns the threads of this rank: --threads, where "all" is its share of the machine's cores.
unsigned read_threads_of_rank(const ParsedOptions& options, const RankLink& link);

/// Returns the --device of this rank. Where "auto" or "cuda" takes a GPU, it is the one whose turn it is among the
/// machine's ranks.
std::string device_of_rank(const ParsedOptions& options, const RankLink& link, const FallbackNote& note);

}  // namespace logmargin
