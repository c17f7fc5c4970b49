#include "host/run/trial_spool.hpp"

#include <algorithm>
#include <vector>

namespace logmargin {

void TrialSpool::take(std::span<const double> rows) { bytes_.append(std::as_bytes(rows)); }

std::uint64_t TrialSpool::bytes_per_piece() const {
  constexpr std::uint64_t about = std::uint64_t{1} << 20;
  const std::uint64_t row = sizeof(double) * layout().width();
  return row * std::max<std::uint64_t>(1, about / row);
}

std::uint64_t TrialSpool::pieces() const { return (bytes_.size() + bytes_per_piece() - 1) / bytes_per_piece(); }

void TrialSpool::feed(const std::function<void(std::span<const double>)>& take) const {
  std::vector<double> piece;
  for (std::uint64_t at = 0; at < bytes_.size(); at += bytes_per_piece()) {
    piece.resize(static_cast<std::size_t>(std::min(bytes_per_piece(), bytes_.size() - at)) / sizeof(double));
    bytes_.read(at, std::as_writable_bytes(std::span(piece)));
    take(piece);
  }
}

}  // namespace logmargin
