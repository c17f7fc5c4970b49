#include "host/python/trial_table.hpp"

#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>

#include <algorithm>
#include <string>
#include <utility>

#include "host/python/numpy_arrays.hpp"

namespace logmargin::python {

TrialTable::TrialTable(const TrialRows& layout, std::size_t cells, std::uint64_t trials, bool lists_trials)
    : RowSink(layout), cells_(cells), trials_(static_cast<std::size_t>(trials)), recorded_(layout.times().size()) {
  const auto room = [this](std::size_t columns, std::size_t numbers) {
    // The product itself may be beyond 2^64.
    const double bytes = static_cast<double>(cells_) * static_cast<double>(trials_) * static_cast<double>(numbers) *
                         static_cast<double>(sizeof(double));
    constexpr double most_bytes = 1e15;
    if (bytes > most_bytes) throw std::bad_alloc();
    return std::vector<std::vector<double>>(columns, std::vector<double>(cells_ * trials_ * numbers));
  };
  values_ = room(lists_trials ? layout.columns().size() : 0, 1);
  trajectories_ = room(layout.trajectory_columns().size(), recorded_);
}

void TrialTable::take(std::span<const double> rows) {
  for (; !rows.empty(); rows = rows.subspan(layout().width())) {
    for (std::size_t c = 0; c < values_.size(); ++c) values_[c][taken_] = rows[c];
    std::span<const double> trajectory = rows.first(layout().width()).last(trajectories_.size() * recorded_);
    for (std::vector<double>& column : trajectories_) {
      std::copy_n(trajectory.begin(), recorded_, column.begin() + static_cast<std::ptrdiff_t>(taken_ * recorded_));
      trajectory = trajectory.subspan(recorded_);
    }
    ++taken_;
  }
}

nanobind::object TrialTable::take_trials() {
  if (values_.empty()) return nanobind::none();
  nanobind::dict table;
  for (std::size_t c = 0; c < values_.size(); ++c) {
    const TrialColumn& column = layout().columns()[c];
    nanobind::list categories;
    for (const std::string_view category : column.categories) categories.append(category);
    const char* kind = column.kind == TrialColumn::Kind::number     ? "number"
                       : column.kind == TrialColumn::Kind::category ? "category"
                                                                    : "count";
    table[column.name.c_str()] = nanobind::make_tuple(numpy_array(std::move(values_[c]), {cells_, trials_}),
                                                      column.unit, column.description, kind, categories);
  }
  return table;
}

nanobind::object TrialTable::take_trajectories() {
  if (trajectories_.empty()) return nanobind::none();
  nanobind::dict table;
  for (std::size_t c = 0; c < trajectories_.size(); ++c) {
    const TrajectoryColumnFacts& facts = facts_of(layout().trajectory_columns()[c]);
    table[nanobind::cast(facts.name)] =
        nanobind::make_tuple(numpy_array(std::move(trajectories_[c]), {cells_, trials_, recorded_}), facts.unit,
                             facts.description, facts.whole ? "count" : "number", nanobind::list());
  }
  return table;
}

}  // namespace logmargin::python
