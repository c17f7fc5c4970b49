#include "host/report/page/cell_sections.hpp"

#include <fmt/format.h>

#include "host/plan/number.hpp"
#include "host/report/cell_name.hpp"
#include "host/report/figures/figure.hpp"

namespace logmargin {

namespace {

/// Neighbours are cells one after the other.
struct Neighbours {
  std::size_t first, count;
};

class SectionMaker {
 public:
  explicit SectionMaker(const ReportData& data) : cells_(data.cells), axes_(varying_axes(data)) {}

  std::vector<CellSection> sections() {
    divide({0, cells_.size()}, 0, "");
    return std::move(sections_);
  }

 private:
  const std::string& value(std::size_t level, std::size_t cell) const { return cells_[cell].axis_values[axes_[level]]; }

  /// Returns the runs of cells that have one value of the axis of that level.
  std::vector<Neighbours> runs_of_one_value(Neighbours cells, std::size_t level) const {
    std::vector<Neighbours> runs;
    for (std::size_t i = cells.first; i < cells.first + cells.count; ++i) {
      if (runs.empty() || value(level, i) != value(level, i - 1)) runs.push_back({i, 0});
      ++runs.back().count;
    }
    return runs;
  }

  void divide(Neighbours cells, std::size_t level, const std::string& in_common) {
    if (level == axes_.size()) {
      sections_.push_back({cells.first, cells.count, in_common});
      return;
    }
    const std::string start = in_common.empty() ? "" : in_common + ", ";
    std::vector<Neighbours> small;
    for (const Neighbours& run : runs_of_one_value(cells, level)) {
      if (run.count <= largest_section) {
        small.push_back(run);
        continue;
      }
      add_together(small, level, start);
      small.clear();
      divide(run, level + 1, start + axis_words(axes_[level], cells_[run.first]));
    }
    add_together(small, level, start);
  }

  /// Adds sections in which neighbouring values of few cells are together. All such sections are of about one size.
  void add_together(const std::vector<Neighbours>& runs, std::size_t level, const std::string& start) {
    std::size_t all = 0;
    for (const Neighbours& run : runs) all += run.count;
    const std::size_t pieces = (all + usual_section - 1) / usual_section;
    const std::size_t full = pieces == 0 ? 0 : (all + pieces - 1) / pieces;
    for (std::size_t i = 0; i < runs.size();) {
      Neighbours together = runs[i];
      const std::string& first = value(level, runs[i].first);
      std::string last = first;
      for (++i; i < runs.size() && together.count + runs[i].count <= full; ++i) {
        if (!parse_number(first) || !parse_number(value(level, runs[i].first))) break;
        together.count += runs[i].count;
        last = value(level, runs[i].first);
      }
      std::string name = start + axis_words(axes_[level], cells_[together.first]);
      if (last != first) name += fmt::format(" to {}", label_text(last));
      sections_.push_back({together.first, together.count, std::move(name)});
    }
  }

  const std::vector<ReportCell>& cells_;
  std::vector<std::size_t> axes_;
  std::vector<CellSection> sections_;
};

}  // namespace

std::vector<CellSection> cell_sections(const ReportData& data) { return SectionMaker(data).sections(); }

}  // namespace logmargin
