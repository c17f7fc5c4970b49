#pragma once

#include <chrono>

namespace logmargin {

/// Runs a round again and again, `most` times or until so many seconds have gone by, once at least: on a busy machine a
/// measurement takes longer, but not much longer. The round keeps what it saw.
template <class Round>
void timed_rounds(int most, double seconds, Round&& round) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  for (int done = 0; done < most; ++done) {
    if (done > 0 && std::chrono::duration<double>(Clock::now() - start).count() > seconds) return;
    round();
  }
}

/// Returns the seconds that the work takes.
template <class Work>
double seconds_of(Work&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace logmargin
