#include <algorithm>

#include "host/results/trials/hdf5_output.hpp"
#include "host/results/trials/trials_file.hpp"

namespace logmargin {

namespace {

using Kind = TrialColumn::Kind;

/// A column's chunk has so many rows: 128 KiB of doubles, which a reader unpacks at least.
constexpr std::uint64_t most_rows_per_chunk = 16384;

class TrialsH5 final : public TrialsFile {
 public:
  TrialsH5(AtomicFile& file, const nlohmann::ordered_json& config, const Experiment& experiment, const TrialRows& rows)
      : output_(file, "logmargin.trials/1", config, experiment.seed),
        rows_per_chunk_(std::min(most_rows_per_chunk, experiment.trials)),
        columns_(rows.columns()),
        width_(rows.width()),
        buffers_(columns_.size()) {
    for (std::vector<double>& buffer : buffers_) buffer.reserve(rows_per_chunk_);
  }

  void begin_cell(std::size_t index, const Cell& cell) override {
    output_.begin_cell(index, cell);
    datasets_.clear();
    for (const TrialColumn& column : columns_) {
      Hdf5Handle category;
      if (column.kind == Kind::category) category = type_of_category(column);
      datasets_.push_back(output_.make_dataset(column.name, file_type_of(column, category), {}, {rows_per_chunk_},
                                               column.unit, column.description));
      if (column.kind == Kind::index) {
        output_.make_scale(datasets_.back(), "trial");
      } else {
        output_.attach_scale(datasets_.back(), datasets_.front(), 0);
      }
    }
    output_.rethrow_trouble();
  }

  void take(std::span<const double> rows) override {
    for (; !rows.empty(); rows = rows.subspan(width_)) {
      for (std::size_t c = 0; c < columns_.size(); ++c) buffers_[c].push_back(rows[c]);
      if (buffers_.front().size() == rows_per_chunk_) write_rows();
    }
  }

  void end_cell(const CellSummary&) override {
    if (!buffers_.front().empty()) write_rows();
    for (Hdf5Handle& dataset : datasets_) output_.require(dataset.close() ? 0 : -1);
    output_.end_cell();
  }

  void finish() override { output_.finish(); }

 private:
  static hid_t file_type_of(const TrialColumn& column, const Hdf5Handle& category) {
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

  Hdf5Handle type_of_category(const TrialColumn& column) const {
    Hdf5Handle category = output_.made(H5Tenum_create(H5T_STD_U8LE));
    for (std::size_t i = 0; i < column.categories.size(); ++i) {
      const auto value = static_cast<std::uint8_t>(i);
      output_.require(H5Tenum_insert(category.get(), std::string(column.categories[i]).c_str(), &value));
    }
    return category;
  }

  void write_rows() {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      std::vector<double>& rows = buffers_[c];
      if (columns_[c].kind == Kind::category) {
        const Hdf5Handle type = output_.made(H5Dget_type(datasets_[c].get()));
        const std::vector<std::uint8_t> values(rows.begin(), rows.end());
        output_.append(datasets_[c], type.get(), {values.size()}, values.data());
      } else {
        output_.append(datasets_[c], H5T_NATIVE_DOUBLE, {rows.size()}, rows.data());
      }
      rows.clear();
    }
  }

  Hdf5Output output_;
  hsize_t rows_per_chunk_;
  const std::vector<TrialColumn>& columns_;
  std::size_t width_;                         ///< of a row
  std::vector<std::vector<double>> buffers_;  ///< rows not yet written, a vector a column
  std::vector<Hdf5Handle> datasets_;
};

}  // namespace

void require_trials_file(std::string_view, std::string_view) {}

std::unique_ptr<TrialsFile> make_trials_file(AtomicFile& file, const nlohmann::ordered_json& config,
                                             const Experiment& experiment, const TrialRows& rows) {
  return std::make_unique<TrialsH5>(file, config, experiment, rows);
}

}  // namespace logmargin
