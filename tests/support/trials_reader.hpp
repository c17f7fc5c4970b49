#pragma once

#include <hdf5_hl.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "host/results/trials/hdf5_handle.hpp"

namespace logmargin::testing {

/// Reads trials.h5 or trajectories.h5 by the library's own driver, as any other program would.
class TrialsReader {
 public:
  explicit TrialsReader(const std::filesystem::path& path)
      : file_(made(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT))) {}

  /// The names of a group's members in the order in which they were made, the root's by default.
  std::vector<std::string> names(const std::string& group = "/") const {
    std::vector<std::string> found;
    const auto add = [](hid_t, const char* name, const H5L_info_t*, void* names) -> herr_t {
      static_cast<std::vector<std::string>*>(names)->emplace_back(name);
      return 0;
    };
    const H5_index_t order = group == "/" ? H5_INDEX_NAME : H5_INDEX_CRT_ORDER;
    H5Literate_by_name(file_.get(), group.c_str(), order, H5_ITER_INC, nullptr, add, &found, H5P_DEFAULT);
    return found;
  }

  std::vector<double> numbers(const std::string& dataset) const { return read<double>(dataset, H5T_NATIVE_DOUBLE); }

  /// The names of a category's values, row by row.
  std::vector<std::string> categories(const std::string& dataset) const {
    const Hdf5Handle type = made(H5Dget_type(opened(dataset).get()));
    std::vector<std::string> names;
    for (const unsigned char value : read<unsigned char>(dataset, type.get())) {
      std::vector<char> name(100);
      if (H5Tenum_nameof(type.get(), &value, name.data(), name.size()) < 0) throw std::runtime_error("no such value");
      names.emplace_back(name.data());
    }
    return names;
  }

  /// A text of a dataset or group.
  std::string text(const std::string& object, const std::string& attribute) const {
    const Hdf5Handle there =
        made(H5Aopen_by_name(file_.get(), object.c_str(), attribute.c_str(), H5P_DEFAULT, H5P_DEFAULT));
    const Hdf5Handle type = made(H5Aget_type(there.get()));
    char* text = nullptr;
    if (H5Aread(there.get(), type.get(), &text) < 0) throw std::runtime_error("no text in " + attribute);
    std::string copy = text;
    H5free_memory(text);
    return copy;
  }

  double number(const std::string& object, const std::string& attribute) const {
    const Hdf5Handle there =
        made(H5Aopen_by_name(file_.get(), object.c_str(), attribute.c_str(), H5P_DEFAULT, H5P_DEFAULT));
    double value = 0.0;
    if (H5Aread(there.get(), H5T_NATIVE_DOUBLE, &value) < 0) throw std::runtime_error("no number in " + attribute);
    return value;
  }

  /// The scales of a dataset's dimensions, by their names.
  std::vector<std::string> scales(const std::string& dataset) const {
    const Hdf5Handle from = opened(dataset);
    const Hdf5Handle space = made(H5Dget_space(from.get()));
    const auto add = [](hid_t, unsigned, hid_t scale, void* names) -> herr_t {
      std::vector<char> name(100);
      if (H5DSget_scale_name(scale, name.data(), name.size()) < 0) return -1;
      static_cast<std::vector<std::string>*>(names)->emplace_back(name.data());
      return 0;
    };
    std::vector<std::string> names;
    for (int i = 0; i < H5Sget_simple_extent_ndims(space.get()); ++i) {
      H5DSiterate_scales(from.get(), static_cast<unsigned>(i), nullptr, add, &names);
    }
    return names;
  }

  /// Whether a dataset is in chunks, its bytes sorted and then deflated.
  bool compressed(const std::string& dataset) const {
    const Hdf5Handle creation = made(H5Dget_create_plist(opened(dataset).get()));
    const auto filter = [&](unsigned i) {
      unsigned flags = 0;
      unsigned config = 0;
      std::size_t none = 0;
      return H5Pget_filter2(creation.get(), i, &flags, &none, nullptr, 0, nullptr, &config);
    };
    return H5Pget_layout(creation.get()) == H5D_CHUNKED && H5Pget_nfilters(creation.get()) == 2 &&
           filter(0) == H5Z_FILTER_SHUFFLE && filter(1) == H5Z_FILTER_DEFLATE;
  }

 private:
  static Hdf5Handle made(hid_t id) {
    if (id < 0) throw std::runtime_error("HDF5 refuses");
    return Hdf5Handle(id);
  }
  Hdf5Handle opened(const std::string& dataset) const {
    return made(H5Dopen2(file_.get(), dataset.c_str(), H5P_DEFAULT));
  }
  template <class Value>
  std::vector<Value> read(const std::string& dataset, hid_t type) const {
    const Hdf5Handle from = opened(dataset);
    const Hdf5Handle space = made(H5Dget_space(from.get()));
    std::vector<Value> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.get())));
    if (H5Dread(from.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0) {
      throw std::runtime_error(dataset + " cannot be read");
    }
    return values;
  }

  Hdf5Handle file_;
};

}  // namespace logmargin::testing
