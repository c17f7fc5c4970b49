#pragma once

namespace logmargin::testing {

#ifdef LOGMARGIN_UNDER_SANITIZERS
inline constexpr bool under_sanitizers = true;
#else
inline constexpr bool under_sanitizers = false;
#endif

/// How many of `count` random cases to try, at least one. Sanitizers make the same code ten times slower and look for
/// what one case in eight shows as well; the numbers are judged by the whole count, without them.
template <class Count>
constexpr Count fewer_under_sanitizers(Count count) {
  return under_sanitizers ? (count + 7) / 8 : count;
}

}  // namespace logmargin::testing
