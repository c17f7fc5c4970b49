#include "host/compare/matched_cells.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <string>

namespace logmargin {

namespace {

bool takes_one_value(const std::vector<AxisValues>& cells, std::size_t axis) {
  return std::all_of(cells.begin(), cells.end(),
                     [&](const AxisValues& cell) { return cell[axis] == cells.front()[axis]; });
}

}  // namespace

MatchedCells match_cells(const std::vector<AxisValues>& a, const std::vector<AxisValues>& b) {
  MatchedCells matched;
  for (std::size_t axis = 0; axis < axis_names.size(); ++axis) {
    if (!takes_one_value(a, axis) || !takes_one_value(b, axis)) matched.varying.push_back(axis);
  }
  const auto place_of = [&](const AxisValues& cell) {
    std::vector<std::string> place;
    for (const std::size_t axis : matched.varying) place.push_back(cell[axis]);
    return place;
  };
  std::map<std::vector<std::string>, std::deque<std::size_t>> left_in_b;
  for (std::size_t i = 0; i < b.size(); ++i) left_in_b[place_of(b[i])].push_back(i);
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto found = left_in_b.find(place_of(a[i]));
    if (found == left_in_b.end() || found->second.empty()) {
      matched.in_a_alone.push_back(i);
      continue;
    }
    matched.pairs.emplace_back(i, found->second.front());
    found->second.pop_front();
  }
  for (const auto& [place, cells] : left_in_b) {
    matched.in_b_alone.insert(matched.in_b_alone.end(), cells.begin(), cells.end());
  }
  std::sort(matched.in_b_alone.begin(), matched.in_b_alone.end());
  return matched;
}

}  // namespace logmargin
