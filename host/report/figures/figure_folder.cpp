#include "host/report/figures/figure_folder.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <initializer_list>
#include <sstream>
#include <string_view>

#include "host/error.hpp"
#include "host/report/report_data.hpp"
#include "host/results/folder/atomic_file.hpp"

namespace logmargin {

namespace files = std::filesystem;

namespace {

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

/// Returns whether the name is t-eps-N, the picture of the N-th threshold.
bool is_a_thresholds(std::string_view name) {
  constexpr std::string_view start = "t-eps-";
  return name.starts_with(start) && is_number(name.substr(start.size()));
}

/// Returns whether the name is that of a cell's picture, after "cellN-".
bool is_a_cells(std::string_view name) {
  return is_a_thresholds(name) ||
         is_one_of(name, {"times", "gap", "gap-log", "slope", "exponent", "patterns", "dip", "log-exponent", "ratio"});
}

/// Returns whether the name is that of a map, after "map-": AXIS-AXIS-QUANTITY.
bool is_a_maps(std::string_view name) {
  for (const std::string_view down : axis_names) {
    for (const std::string_view across : axis_names) {
      const std::string axes = fmt::format("{}-{}-", down, across);
      if (!name.starts_with(axes)) continue;
      const std::string_view quantity = name.substr(axes.size());
      if (is_a_thresholds(quantity) || is_one_of(quantity, {"stuck", "constant"})) return true;
    }
  }
  return false;
}

/// Returns whether a report gives a file this name.
bool is_a_figures(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || !is_one_of(name.substr(dot), {".gp", ".svg", ".dat", ".pdf"})) return false;
  name = name.substr(0, dot);
  if (name.starts_with("map-")) return is_a_maps(name.substr(4));
  const std::size_t hyphen = name.find('-');
  if (!name.starts_with("cell") || hyphen == std::string_view::npos) return is_one_of(name, {"outcomes", "gaps"});
  return is_number(name.substr(4, hyphen - 4)) && is_a_cells(name.substr(hyphen + 1));
}

}  // namespace

FigureFolder::FigureFolder(const files::path& results) : final_(results / "figures") {
  // The folder is named as unfinished files are, so that what a killed run leaves is known by its name.
  constexpr int most_attempts = 1000;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    temporary_ = results / fmt::format(".figures.{}.{}.partial", ::getpid(), attempt);
    if (::mkdir(temporary_.c_str(), S_IRWXU) == 0) return;
    if (errno != EEXIST) break;
  }
  throw FileError(fmt::format("'{}' cannot be written: {}", final_.string(), std::strerror(errno)));
}

FigureFolder::~FigureFolder() {
  std::error_code ignored;
  files::remove_all(temporary_, ignored);
}

void FigureFolder::write(const std::string& name, const std::string& text) const {
  AtomicFile file(temporary_ / name);
  file.write(text);
  file.sync();
  file.commit();
}

std::string FigureFolder::read(const std::string& name) const {
  std::ifstream stream(temporary_ / name, std::ios::binary);
  std::ostringstream text;
  if (stream) text << stream.rdbuf();
  return text.str();
}

void FigureFolder::remove(const std::string& name) const {
  std::error_code ignored;
  files::remove(temporary_ / name, ignored);
}

void FigureFolder::publish() const {
  std::error_code error;
  files::create_directory(final_, error);
  // An earlier run's figures, of cells that this one does not have, would pass for this run's.
  for (const auto& entry : files::directory_iterator(final_, error)) {
    if (!error && is_a_figures(entry.path().filename().string())) files::remove(entry.path(), error);
    if (error) break;
  }
  for (const auto& entry : files::directory_iterator(temporary_, error)) {
    if (!error) files::rename(entry.path(), final_ / entry.path().filename(), error);
    if (error) break;
  }
  if (error) throw FileError(fmt::format("'{}' cannot be written: {}", final_.string(), error.message()));
}

}  // namespace logmargin
