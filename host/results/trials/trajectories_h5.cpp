#include <algorithm>

#include "host/results/trials/hdf5_output.hpp"
#include "host/results/trials/trials_file.hpp"

namespace logmargin {

namespace {

/// A chunk has at most so many numbers: 128 KiB of doubles, which a reader unpacks at least.
constexpr std::uint64_t most_numbers_per_chunk = 16384;

/// TrajectoriesH5 writes trajectories.h5: for each cell the scales trial and t, and a dataset of trial x t for each
/// chosen column.
class TrajectoriesH5 final : public TrialsFile {
 public:
  TrajectoriesH5(AtomicFile& file, const nlohmann::ordered_json& config, const Experiment& experiment,
                 const TrialRows& rows)
      : output_(file, "logmargin.trajectories/1", config, experiment.seed),
        columns_(rows.trajectory_columns()),
        times_(rows.times()),
        width_(rows.width()) {
    times_per_chunk_ = std::min<std::uint64_t>(times_.size(), most_numbers_per_chunk);
    trials_per_chunk_ = std::clamp<std::uint64_t>(most_numbers_per_chunk / times_per_chunk_, 1, experiment.trials);
    values_.resize(columns_.size());
  }

  void begin_cell(std::size_t index, const Cell& cell) override {
    output_.begin_cell(index, cell);
    scale_ = output_.make_dataset("trial", H5T_STD_U64LE, {}, {trials_per_chunk_}, "1",
                                  "index I of the trial: replay --trial I, with the options in config and the group's "
                                  "axes, follows it");
    output_.make_scale(scale_, "trial");
    Hdf5Handle t = output_.make_dataset("t", H5T_IEEE_F64LE, {}, {times_per_chunk_}, "steps",
                                        "recorded t: the number of steps taken, or the time of a flow");
    output_.append(t, H5T_NATIVE_DOUBLE, {times_.size()}, times_.data());
    output_.make_scale(t, "t");
    datasets_.clear();
    for (const TrajectoryColumn column : columns_) {
      const TrajectoryColumnFacts& facts = facts_of(column);
      datasets_.push_back(output_.make_dataset(std::string(facts.name), facts.whole ? H5T_STD_U8LE : H5T_IEEE_F64LE,
                                               {times_.size()}, {trials_per_chunk_, times_per_chunk_},
                                               std::string(facts.unit), std::string(facts.description)));
      output_.attach_scale(datasets_.back(), scale_, 0);
      output_.attach_scale(datasets_.back(), t, 1);
    }
    output_.rethrow_trouble();
  }

  void take(std::span<const double> rows) override {
    for (; !rows.empty(); rows = rows.subspan(width_)) {
      // The first column of trials.h5 is the trial's index; the trajectories are last.
      trials_.push_back(static_cast<std::uint64_t>(rows.front()));
      std::span<const double> trajectory = rows.first(width_).last(columns_.size() * times_.size());
      for (std::vector<double>& column : values_) {
        const std::span<const double> values = trajectory.first(times_.size());
        column.insert(column.end(), values.begin(), values.end());
        trajectory = trajectory.subspan(times_.size());
      }
      if (trials_.size() == trials_per_chunk_) write_rows();
    }
  }

  void end_cell(const CellSummary&) override {
    if (!trials_.empty()) write_rows();
    for (Hdf5Handle& dataset : datasets_) output_.require(dataset.close() ? 0 : -1);
    output_.require(scale_.close() ? 0 : -1);
    output_.end_cell();
  }

  void finish() override { output_.finish(); }

 private:
  void write_rows() {
    output_.append(scale_, H5T_NATIVE_UINT64, {trials_.size()}, trials_.data());
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      output_.append(datasets_[c], H5T_NATIVE_DOUBLE, {trials_.size(), times_.size()}, values_[c].data());
      values_[c].clear();
    }
    trials_.clear();
  }

  Hdf5Output output_;
  const TrajectoryColumns& columns_;
  const std::vector<double>& times_;
  std::size_t width_;  ///< of a row
  hsize_t times_per_chunk_ = 1, trials_per_chunk_ = 1;
  Hdf5Handle scale_;                         ///< of the trials
  std::vector<Hdf5Handle> datasets_;         ///< one for each column
  std::vector<std::uint64_t> trials_;        ///< those not yet written
  std::vector<std::vector<double>> values_;  ///< theirs, a vector a column
};

}  // namespace

std::unique_ptr<TrialsFile> make_trajectories_file(AtomicFile& file, const nlohmann::ordered_json& config,
                                                   const Experiment& experiment, const TrialRows& rows) {
  return std::make_unique<TrajectoriesH5>(file, config, experiment, rows);
}

}  // namespace logmargin
