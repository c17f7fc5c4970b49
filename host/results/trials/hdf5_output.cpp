#include "host/results/trials/hdf5_output.hpp"

#include <fmt/format.h>
#include <hdf5_hl.h>

#include <nlohmann/json.hpp>

#include "host/error.hpp"
#include "host/results/files/results_config.hpp"
#include "revision.hpp"

namespace logmargin {

Hdf5Output::Hdf5Output(AtomicFile& file, const std::string& schema, const nlohmann::ordered_json& config,
                       std::uint64_t seed)
    : channel_{file} {
  quieten();
  const Hdf5Handle creation = made(H5Pcreate(H5P_FILE_CREATE));
  // Times would make any two files differ.
  require(H5Pset_obj_track_times(creation.get(), false));
  const Hdf5Handle access = made(access_through(channel_));
  require(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V110, H5F_LIBVER_V110));
  file_ = made(H5Fcreate(file.path().filename().c_str(), H5F_ACC_TRUNC, creation.get(), access.get()));
  put_text(file_, "schema", schema);
  put_text(file_, "program", "logmargin");
  put_text(file_, "version", program_version);
  put(file_, "seed", H5T_STD_U64LE, H5T_NATIVE_UINT64, seed);
  put_text(file_, "config", results_config(config));
}

void Hdf5Output::begin_cell(std::size_t index, const Cell& cell) {
  quieten();
  const Hdf5Handle creation = made(H5Pcreate(H5P_GROUP_CREATE));
  require(H5Pset_obj_track_times(creation.get(), false));
  // A reader sees the columns in their own order.
  require(H5Pset_link_creation_order(creation.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
  group_ =
      made(H5Gcreate2(file_.get(), fmt::format("cell_{:06}", index).c_str(), H5P_DEFAULT, creation.get(), H5P_DEFAULT));
  put_text(group_, "init", cell.init);
  put_text(group_, "bias", cell.bias);
  put(group_, "eta", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, cell.eta);
  put_text(group_, "optimizer", cell.optimizer);
  put_text(group_, "loss", cell.loss);
  put(group_, "dim", H5T_STD_I64LE, H5T_NATIVE_INT64, cell.dim);
  put_text(group_, "data", cell.data.text());
}

Hdf5Handle Hdf5Output::make_dataset(const std::string& name, hid_t type, const std::vector<hsize_t>& other_dimensions,
                                    const std::vector<hsize_t>& chunk, const std::string& unit,
                                    const std::string& description) const {
  std::vector<hsize_t> none = {0};
  none.insert(none.end(), other_dimensions.begin(), other_dimensions.end());
  std::vector<hsize_t> most = none;
  most[0] = H5S_UNLIMITED;
  const int dimensions = static_cast<int>(none.size());
  const Hdf5Handle space = made(H5Screate_simple(dimensions, none.data(), most.data()));
  const Hdf5Handle creation = made(H5Pcreate(H5P_DATASET_CREATE));
  require(H5Pset_obj_track_times(creation.get(), false));
  require(H5Pset_chunk(creation.get(), dimensions, chunk.data()));
  require(H5Pset_shuffle(creation.get()));
  require(H5Pset_deflate(creation.get(), deflate_level));
  // Rows come a whole chunk at a time, so that none needs to be kept and a full disk shows at once.
  const Hdf5Handle access = made(H5Pcreate(H5P_DATASET_ACCESS));
  require(H5Pset_chunk_cache(access.get(), 0, 0, 1.0));
  Hdf5Handle dataset =
      made(H5Dcreate2(group_.get(), name.c_str(), type, space.get(), H5P_DEFAULT, creation.get(), access.get()));
  put_text(dataset, "unit", unit);
  put_text(dataset, "description", description);
  return dataset;
}

void Hdf5Output::append(const Hdf5Handle& dataset, hid_t type, const std::vector<hsize_t>& sizes,
                        const void* values) const {
  quieten();
  std::vector<hsize_t> extent(sizes.size());
  {
    const Hdf5Handle space = made(H5Dget_space(dataset.get()));
    require(H5Sget_simple_extent_dims(space.get(), extent.data(), nullptr));
  }
  std::vector<hsize_t> first(sizes.size(), 0);
  first[0] = extent[0];
  extent[0] += sizes[0];
  require(H5Dset_extent(dataset.get(), extent.data()));
  const Hdf5Handle rows = made(H5Dget_space(dataset.get()));
  require(H5Sselect_hyperslab(rows.get(), H5S_SELECT_SET, first.data(), nullptr, sizes.data(), nullptr));
  const Hdf5Handle memory = made(H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr));
  require(H5Dwrite(dataset.get(), type, memory.get(), rows.get(), H5P_DEFAULT, values));
  rethrow_trouble();
}

void Hdf5Output::make_scale(const Hdf5Handle& dataset, const char* name) const {
  quieten();
  require(H5DSset_scale(dataset.get(), name));
}

void Hdf5Output::attach_scale(const Hdf5Handle& dataset, const Hdf5Handle& scale, unsigned dimension) const {
  quieten();
  require(H5DSattach_scale(dataset.get(), scale.get(), dimension));
}

void Hdf5Output::end_cell() {
  require(group_.close() ? 0 : -1);
  rethrow_trouble();
}

void Hdf5Output::finish() {
  quieten();
  require(file_.close() ? 0 : -1);
  rethrow_trouble();
}

void Hdf5Output::rethrow_trouble() const {
  if (channel_.trouble) std::rethrow_exception(channel_.trouble);
}

void Hdf5Output::require(herr_t status) const {
  if (status >= 0) return;
  rethrow_trouble();
  throw FileError(fmt::format("'{}' cannot be written: the HDF5 library refused", channel_.file.path().string()));
}

Hdf5Handle Hdf5Output::made(Hdf5Handle handle) const {
  require(handle.valid() ? 0 : -1);
  return handle;
}

template <class Value>
void Hdf5Output::put(const Hdf5Handle& object, const char* name, hid_t file_type, hid_t type,
                     const Value& value) const {
  const Hdf5Handle space = made(H5Screate(H5S_SCALAR));
  const Hdf5Handle attribute = made(H5Acreate2(object.get(), name, file_type, space.get(), H5P_DEFAULT, H5P_DEFAULT));
  require(H5Awrite(attribute.get(), type, &value));
}

void Hdf5Output::put_text(const Hdf5Handle& object, const char* name, const std::string& text) const {
  const Hdf5Handle type = made(H5Tcopy(H5T_C_S1));
  require(H5Tset_size(type.get(), H5T_VARIABLE));
  require(H5Tset_cset(type.get(), H5T_CSET_UTF8));
  const char* const characters = text.c_str();
  put(object, name, type.get(), type.get(), characters);
}

}  // namespace logmargin
