#include "host/results/folder/output_folder.hpp"

#include <fmt/format.h>

#include "host/error.hpp"
#include "host/plan/number.hpp"

namespace logmargin {

namespace files = std::filesystem;

OutputFolder::OutputFolder(files::path path, bool force) : name_(path.string()), path_(std::move(path)) {
  if (path_.empty()) reject("--out", "", "the name of a new or empty folder is allowed");
  std::error_code error;
  const files::file_status status = files::status(path_, error);
  if (files::exists(status)) {
    if (!files::is_directory(status)) reject("--out", path_.string(), "it is a file; a new or empty folder is allowed");
    const files::directory_iterator first(path_, error);
    if (error) throw FileError(fmt::format("--out: '{}' cannot be read: {}", path_.string(), error.message()));
    if (first != files::directory_iterator() && !force) {
      reject("--out", path_.string(),
             fmt::format("the folder is not empty, it holds '{}'; a new or empty folder is allowed, any with --force",
                         first->path().filename().string()));
    }
    return;
  }
  std::vector<files::path> missing;
  // Without this a/../b would ask for an a that nothing else needs.
  const files::path normal = path_.lexically_normal();
  for (files::path at = files::absolute(normal); !at.empty() && !files::exists(at, error); at = at.parent_path()) {
    if (!at.filename().empty()) missing.push_back(at);
  }
  for (auto at = missing.rbegin(); at != missing.rend(); ++at) {
    if (!files::create_directory(*at, error) && error) {
      std::error_code ignored;
      for (const files::path& made : made_) files::remove(made, ignored);
      throw FileError(fmt::format("--out: '{}' cannot be made: {}", path_.string(), error.message()));
    }
    made_.insert(made_.begin(), *at);
  }
  path_ = normal;
}

OutputFolder::~OutputFolder() {
  files_.clear();
  std::error_code ignored;
  for (const files::path& folder : made_) files::remove(folder, ignored);  // only where empty
}

AtomicFile& OutputFolder::add_file(const std::string& name) {
  files_.push_back(std::make_unique<AtomicFile>(path_ / name));
  names_.push_back(name);
  return *files_.back();
}

void OutputFolder::publish() {
  for (const auto& file : files_) file->sync();
  for (const auto& file : files_) file->require_free_name();
  for (const auto* names : {&replaced_, &names_}) {
    // The file that tells the run comes first, and is removed last: what is without it would be of no run.
    for (auto place = names->rbegin(); place != names->rend(); ++place) {
      const std::string& name = *place;
      std::error_code error;
      if (!files::is_directory(files::symlink_status(path_ / name, error))) files::remove(path_ / name, error);
      if (error && error != std::errc::no_such_file_or_directory) {
        throw FileError(fmt::format("'{}' cannot be replaced: {}", (path_ / name).string(), error.message()));
      }
    }
  }
  for (const auto& file : files_) file->commit();
  made_.clear();
}

}  // namespace logmargin
