#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/error.hpp"
#include "host/results/files/results_config.hpp"
#include "host/results/trials/hdf5_channel.hpp"
#include "host/results/trials/trial_columns.hpp"
#include "host/results/trials/trials_file.hpp"
#include "revision.hpp"

namespace logmargin {

namespace {

using Kind = TrialColumn::Kind;

/// A column's chunk has so many rows: 128 KiB of doubles, which a reader unpacks at least.
constexpr std::uint64_t most_rows_per_chunk = 16384;
/// The bits of a mantissa are noise, so that level 4 makes the file only 3 % smaller and takes half as long again.
constexpr unsigned deflate_level = 1;

/// Returns the value with the same bytes on every device: there is one NaN and one zero.
double settled(double value) { return std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value + 0.0; }

hid_t file_type_of(const TrialColumn& column, const Hdf5Handle& category) {
  switch (column.kind) {
    case Kind::index:
      return H5T_STD_U64LE;
    case Kind::count:
      return H5T_STD_U8LE;
    case Kind::category:
      return category.get();
    case Kind::number:
      break;
  }
  return H5T_IEEE_F64LE;
}

class TrialsH5 final : public TrialsFile {
 public:
  TrialsH5(AtomicFile& file, const nlohmann::ordered_json& config, const Experiment& experiment,
           const Schedule& schedule)
      : channel_{file}, experiment_(experiment), columns_(trial_columns(experiment, schedule)) {
    quieten();
    const Hdf5Handle creation = made(H5Pcreate(H5P_FILE_CREATE));
    // Times would make any two files differ.
    require(H5Pset_obj_track_times(creation.get(), false));
    const Hdf5Handle access = made(access_through(channel_));
    require(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V110, H5F_LIBVER_V110));
    file_ = made(H5Fcreate("trials.h5", H5F_ACC_TRUNC, creation.get(), access.get()));
    put_text(file_, "schema", "logmargin.trials/1");
    put_text(file_, "program", "logmargin");
    put_text(file_, "version", program_version);
    put(file_, "seed", H5T_STD_U64LE, H5T_NATIVE_UINT64, experiment.seed);
    put_text(file_, "config", results_config(config));
    buffers_.resize(columns_.size());
    for (std::vector<double>& buffer : buffers_) buffer.reserve(rows_per_chunk());
  }
  ~TrialsH5() override { quieten(); }
  TrialsH5(const TrialsH5&) = delete;
  TrialsH5& operator=(const TrialsH5&) = delete;

  void begin_cell(std::size_t index, const Cell& cell) override {
    quieten();
    const Hdf5Handle creation = made(H5Pcreate(H5P_GROUP_CREATE));
    require(H5Pset_obj_track_times(creation.get(), false));
    // A reader sees the columns in their own order.
    require(H5Pset_link_creation_order(creation.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
    group_ = made(
        H5Gcreate2(file_.get(), fmt::format("cell_{:06}", index).c_str(), H5P_DEFAULT, creation.get(), H5P_DEFAULT));
    put_text(group_, "init", cell.init);
    put_text(group_, "bias", cell.bias);
    put(group_, "eta", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, cell.eta);
    put_text(group_, "optimizer", cell.optimizer);
    put_text(group_, "loss", cell.loss);
    put(group_, "dim", H5T_STD_I64LE, H5T_NATIVE_INT64, cell.dim);
    put_text(group_, "data", cell.data.text());
    datasets_.clear();
    for (const TrialColumn& column : columns_) datasets_.push_back(make_dataset(column));
    rows_written_ = 0;
    rethrow_trouble();
  }

  void take(const std::vector<TrialRecord>& trials) override {
    for (const TrialRecord& trial : trials) {
      for (std::size_t c = 0; c < columns_.size(); ++c) buffers_[c].push_back(settled(columns_[c].value(trial)));
      if (buffers_.front().size() == rows_per_chunk()) write_rows();
    }
  }

  void end_cell(const CellSummary&) override {
    if (!buffers_.front().empty()) write_rows();
    for (Hdf5Handle& dataset : datasets_) require(dataset.close() ? 0 : -1);
    require(group_.close() ? 0 : -1);
    rethrow_trouble();
  }

  void finish() override {
    quieten();
    require(file_.close() ? 0 : -1);
    rethrow_trouble();
  }

 private:
  /// Keeps HDF5 from printing on stderr. HDF5 keeps this setting for each thread.
  static void quieten() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }

  void rethrow_trouble() const {
    if (channel_.trouble) std::rethrow_exception(channel_.trouble);
  }
  void require(herr_t status) const {
    if (status >= 0) return;
    rethrow_trouble();
    throw FileError(fmt::format("'{}' cannot be written: the HDF5 library refused", channel_.file.path().string()));
  }
  Hdf5Handle made(Hdf5Handle handle) const {
    require(handle.valid() ? 0 : -1);
    return handle;
  }
  Hdf5Handle made(hid_t id) const { return made(Hdf5Handle(id)); }

  std::uint64_t rows_per_chunk() const { return std::min(most_rows_per_chunk, experiment_.trials); }

  template <class Value>
  void put(const Hdf5Handle& object, const char* name, hid_t file_type, hid_t type, const Value& value) const {
    const Hdf5Handle space = made(H5Screate(H5S_SCALAR));
    const Hdf5Handle attribute = made(H5Acreate2(object.get(), name, file_type, space.get(), H5P_DEFAULT, H5P_DEFAULT));
    require(H5Awrite(attribute.get(), type, &value));
  }
  void put_text(const Hdf5Handle& object, const char* name, const std::string& text) const {
    const Hdf5Handle type = made(H5Tcopy(H5T_C_S1));
    require(H5Tset_size(type.get(), H5T_VARIABLE));
    require(H5Tset_cset(type.get(), H5T_CSET_UTF8));
    put(object, name, type.get(), type.get(), text.c_str());
  }

  Hdf5Handle make_dataset(const TrialColumn& column) const {
    Hdf5Handle category;
    if (column.kind == Kind::category) {
      category = made(H5Tenum_create(H5T_STD_U8LE));
      for (std::size_t i = 0; i < column.categories.size(); ++i) {
        const auto value = static_cast<std::uint8_t>(i);
        require(H5Tenum_insert(category.get(), std::string(column.categories[i]).c_str(), &value));
      }
    }
    const hsize_t no_rows = 0;
    const hsize_t unlimited = H5S_UNLIMITED;
    const hsize_t chunk = rows_per_chunk();
    const Hdf5Handle space = made(H5Screate_simple(1, &no_rows, &unlimited));
    const Hdf5Handle creation = made(H5Pcreate(H5P_DATASET_CREATE));
    require(H5Pset_obj_track_times(creation.get(), false));
    require(H5Pset_chunk(creation.get(), 1, &chunk));
    require(H5Pset_shuffle(creation.get()));
    require(H5Pset_deflate(creation.get(), deflate_level));
    // Rows come a whole chunk at a time, so that none needs to be kept and a full disk shows at once.
    const Hdf5Handle access = made(H5Pcreate(H5P_DATASET_ACCESS));
    require(H5Pset_chunk_cache(access.get(), 0, 0, 1.0));
    Hdf5Handle dataset = made(H5Dcreate2(group_.get(), column.name.c_str(), file_type_of(column, category), space.get(),
                                         H5P_DEFAULT, creation.get(), access.get()));
    put_text(dataset, "unit", column.unit);
    put_text(dataset, "description", column.description);
    return dataset;
  }

  void write_rows() {
    quieten();
    const hsize_t first = rows_written_;
    const hsize_t count = buffers_.front().size();
    rows_written_ += count;
    const Hdf5Handle memory = made(H5Screate_simple(1, &count, nullptr));
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const hid_t dataset = datasets_[c].get();
      require(H5Dset_extent(dataset, &rows_written_));
      const Hdf5Handle rows = made(H5Dget_space(dataset));
      require(H5Sselect_hyperslab(rows.get(), H5S_SELECT_SET, &first, nullptr, &count, nullptr));
      if (columns_[c].kind == Kind::category) {
        const Hdf5Handle type = made(H5Dget_type(dataset));
        const std::vector<std::uint8_t> values(buffers_[c].begin(), buffers_[c].end());
        require(H5Dwrite(dataset, type.get(), memory.get(), rows.get(), H5P_DEFAULT, values.data()));
      } else {
        require(H5Dwrite(dataset, H5T_NATIVE_DOUBLE, memory.get(), rows.get(), H5P_DEFAULT, buffers_[c].data()));
      }
      buffers_[c].clear();
      rethrow_trouble();
    }
  }

  Hdf5Channel channel_;
  const Experiment& experiment_;
  std::vector<TrialColumn> columns_;
  std::vector<std::vector<double>> buffers_;  ///< rows not yet written, a vector a column
  Hdf5Handle file_, group_;
  std::vector<Hdf5Handle> datasets_;
  hsize_t rows_written_ = 0;  ///< of this cell
};

}  // namespace

void require_trials_file() {}

std::unique_ptr<TrialsFile> make_trials_file(AtomicFile& file, const nlohmann::ordered_json& config,
                                             const Experiment& experiment, const Schedule& schedule) {
  return std::make_unique<TrialsH5>(file, config, experiment, schedule);
}

}  // namespace logmargin
