#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "host/plan/experiment.hpp"
#include "host/results/trials/hdf5_channel.hpp"

namespace logmargin {

/// The bits of a mantissa are noise, so that level 4 makes a file only 3 % smaller and takes half as long again.
inline constexpr unsigned deflate_level = 1;

/// Hdf5Output is an HDF5 file of a run, with a group for each cell: the calls of the library, each checked. Every call
/// throws FileError. The bytes depend on nothing but what is written.
class Hdf5Output {
 public:
  /// Begins the file, whose schema is named. Of config, which is config_json's, what the results do not depend on is
  /// left out. The file must outlive this.
  Hdf5Output(AtomicFile& file, const std::string& schema, const nlohmann::ordered_json& config, std::uint64_t seed);
  ~Hdf5Output() { quieten(); }
  Hdf5Output(const Hdf5Output&) = delete;
  Hdf5Output& operator=(const Hdf5Output&) = delete;

  /// Begins the group of a cell, with its axes' values.
  void begin_cell(std::size_t index, const Cell& cell);
  /// Makes a dataset in the cell's group, compressed in chunks. It has no rows, and may get any number of them; its
  /// other dimensions are fixed. chunk: of rows, then of the other dimensions.
  Hdf5Handle make_dataset(const std::string& name, hid_t type, const std::vector<hsize_t>& other_dimensions,
                          const std::vector<hsize_t>& chunk, const std::string& unit,
                          const std::string& description) const;
  /// Adds rows behind those that a dataset has. sizes: of the rows to come, then of the other dimensions.
  void append(const Hdf5Handle& dataset, hid_t type, const std::vector<hsize_t>& sizes, const void* values) const;
  /// Makes a dataset the scale of the dimension that bears its name, as netCDF and xarray look for it.
  void make_scale(const Hdf5Handle& dataset, const char* name) const;
  /// Names a dimension of a dataset by its scale.
  void attach_scale(const Hdf5Handle& dataset, const Hdf5Handle& scale, unsigned dimension) const;
  void end_cell();
  /// Ends the file: everything is in it then.
  void finish();

  /// Throws what went wrong while HDF5 wrote.
  void rethrow_trouble() const;
  void require(herr_t status) const;
  Hdf5Handle made(Hdf5Handle handle) const;
  Hdf5Handle made(hid_t id) const { return made(Hdf5Handle(id)); }

 private:
  /// Keeps HDF5 from printing on stderr. HDF5 keeps this setting for each thread.
  static void quieten() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }

  template <class Value>
  void put(const Hdf5Handle& object, const char* name, hid_t file_type, hid_t type, const Value& value) const;
  void put_text(const Hdf5Handle& object, const char* name, const std::string& text) const;

  Hdf5Channel channel_;
  Hdf5Handle file_, group_;
};

}  // namespace logmargin
