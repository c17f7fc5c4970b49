#include "host/engine/trials/kept_rows.hpp"

#include <span>

namespace logmargin {

void KeptRows::keep(std::size_t batch, const std::vector<double>& rows) {
  const std::lock_guard lock(lock_);
  parts_[batch].push_back({bytes_.append(std::as_bytes(std::span(rows))), rows.size()});
}

std::vector<double> KeptRows::of_batch(std::size_t batch) {
  const std::lock_guard lock(lock_);
  std::vector<double> rows;
  for (const Part& part : parts_[batch]) {
    const std::size_t before = rows.size();
    rows.resize(before + part.numbers);
    bytes_.read(part.offset, std::as_writable_bytes(std::span(rows).subspan(before)));
  }
  return rows;
}

}  // namespace logmargin
