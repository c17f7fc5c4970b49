#pragma once

#include <sched.h>

#include <cstddef>
#include <span>

namespace logmargin {

/// Returns the threads for one of the processes of a machine, at least 1. A core that several may use counts by halves,
/// thirds and so on. The argument allowed holds, for each process, the cores that it may use. Precondition: own <
/// allowed.size().
inline unsigned core_share(std::span<const cpu_set_t> allowed, std::size_t own) {
  double share = 0.0;
  for (int core = 0; core < CPU_SETSIZE; ++core) {
    if (!CPU_ISSET(core, &allowed[own])) continue;
    int users = 0;
    for (const cpu_set_t& cores : allowed) users += CPU_ISSET(core, &cores) ? 1 : 0;
    share += 1.0 / users;
  }
  // Thirds do not sum to 1.
  const auto whole = static_cast<unsigned>(share + 1e-6);
  return whole > 1 ? whole : 1;
}

}  // namespace logmargin
