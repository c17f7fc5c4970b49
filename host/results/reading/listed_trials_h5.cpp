#include <fmt/format.h>

#include "host/error.hpp"
#include "host/results/reading/listed_trials.hpp"
#include "host/results/trials/hdf5_handle.hpp"

namespace logmargin {

namespace {

constexpr std::string_view schema_of_listed_trials = "logmargin.trials/1";

class ListedTrialsH5 final : public ListedTrials {
 public:
  explicit ListedTrialsH5(std::filesystem::path path) : path_(std::move(path)) {
    // HDF5 prints every error, also those that are told here.
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    std::error_code error;
    if (!std::filesystem::is_regular_file(path_, error)) fail("it is not a regular file");
    file_ = Hdf5Handle(H5Fopen(path_.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
    if (!file_.valid()) fail("HDF5 cannot open it");
    const std::string schema = text("schema");
    if (schema != schema_of_listed_trials) {
      fail(fmt::format("it has the schema '{}'; {} is understood", schema, schema_of_listed_trials));
    }
  }

  std::string config() const override { return text("config"); }

  void go_to(std::size_t cell) override {
    name_ = fmt::format("cell_{:06}", cell);
    cell_ = made(H5Gopen2(file_.get(), name_.c_str(), H5P_DEFAULT), name_);
    rows_ = size_of(opened("trial"), "trial");
  }

  bool has(const std::string& column) const override { return H5Lexists(cell_.get(), column.c_str(), H5P_DEFAULT) > 0; }

  std::uint64_t rows() const override { return rows_; }

  void read(const std::string& column, std::uint64_t first, std::span<double> values) const override {
    const Hdf5Handle dataset = opened(column);
    if (size_of(dataset, column) != rows_) fail(fmt::format("{} has another number of rows than trial", in(column)));
    const hsize_t start = first;
    const hsize_t count = values.size();
    const Hdf5Handle rows = made(H5Dget_space(dataset.get()), in(column));
    const Hdf5Handle memory = made(H5Screate_simple(1, &count, nullptr), in(column));
    if (H5Sselect_hyperslab(rows.get(), H5S_SELECT_SET, &start, nullptr, &count, nullptr) < 0 ||
        H5Dread(dataset.get(), H5T_NATIVE_DOUBLE, memory.get(), rows.get(), H5P_DEFAULT, values.data()) < 0) {
      fail(fmt::format("{} cannot be read from row {} on", in(column), first));
    }
  }

 private:
  [[noreturn]] void fail(std::string_view why) const {
    throw FileError(fmt::format("'{}' is not a whole trials.h5: {}", path_.string(), why));
  }

  std::string in(const std::string& column) const { return name_ + "/" + column; }

  Hdf5Handle made(hid_t id, const std::string& what) const {
    Hdf5Handle handle(id);
    if (!handle.valid()) fail(fmt::format("it has no {}", what));
    return handle;
  }

  Hdf5Handle opened(const std::string& column) const {
    return made(H5Dopen2(cell_.get(), column.c_str(), H5P_DEFAULT), in(column));
  }

  std::uint64_t size_of(const Hdf5Handle& dataset, const std::string& column) const {
    const Hdf5Handle space = made(H5Dget_space(dataset.get()), in(column));
    hsize_t size = 0;
    if (H5Sget_simple_extent_ndims(space.get()) != 1 || H5Sget_simple_extent_dims(space.get(), &size, nullptr) != 1) {
      fail(fmt::format("{} is not a list", in(column)));
    }
    return size;
  }

  /// Returns a text among the attributes of the root.
  std::string text(const char* name) const {
    const Hdf5Handle attribute = made(H5Aopen(file_.get(), name, H5P_DEFAULT), name);
    const Hdf5Handle type = made(H5Aget_type(attribute.get()), name);
    const Hdf5Handle space = made(H5Aget_space(attribute.get()), name);
    char* characters = nullptr;
    if (H5Tis_variable_str(type.get()) <= 0 || H5Sget_simple_extent_npoints(space.get()) != 1 ||
        H5Aread(attribute.get(), type.get(), static_cast<void*>(&characters)) < 0 || characters == nullptr) {
      fail(fmt::format("its {} is no text", name));
    }
    std::string copy = characters;
    H5free_memory(characters);
    return copy;
  }

  std::filesystem::path path_;
  Hdf5Handle file_, cell_;
  std::string name_;  ///< of the cell's group
  std::uint64_t rows_ = 0;
};

}  // namespace

bool reads_listed_trials() { return true; }

std::unique_ptr<ListedTrials> open_listed_trials(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / listed_trials_file;
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return nullptr;
  return std::make_unique<ListedTrialsH5>(path);
}

}  // namespace logmargin
