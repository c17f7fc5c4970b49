#include "host/report/figure_folder.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "host/error.hpp"
#include "host/output/whole_file.hpp"

namespace logmargin {

namespace files = std::filesystem;

namespace {

/// Whether a report gives a file this name.
bool is_a_figures(const std::string& name) {
  const bool extension =
      name.ends_with(".gp") || name.ends_with(".svg") || name.ends_with(".dat") || name.ends_with(".pdf");
  const bool of_cell = name.starts_with("cell") && name.size() > 4 && name[4] >= '0' && name[4] <= '9';
  return extension && (of_cell || name.starts_with("map-") || name.starts_with("outcomes."));
}

}  // namespace

FigureFolder::FigureFolder(const files::path& results) : final_(results / "figures") {
  std::string name = (results / ".figures.partial.XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw FileError(fmt::format("'{}' cannot be written: {}", final_.string(), std::strerror(errno)));
  }
  temporary_ = name;
}

FigureFolder::~FigureFolder() {
  std::error_code ignored;
  files::remove_all(temporary_, ignored);
}

void FigureFolder::write(const std::string& name, const std::string& text) const {
  WholeFile file(temporary_ / name);
  file.write(text);
  file.settle();
  file.publish();
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
