#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace logmargin {

inline constexpr std::string_view listed_trials_file = "trials.h5";

/// ListedTrials reads the trials.h5 of a folder, rows and columns that are asked for alone. Categories are numbers:
/// their places in the list of their names. Every call throws FileError, also where the file is not as sweep writes it.
class ListedTrials {
 public:
  ListedTrials() = default;
  ListedTrials(const ListedTrials&) = delete;
  ListedTrials& operator=(const ListedTrials&) = delete;
  virtual ~ListedTrials() = default;

  /// Returns the options that the rows depend on, as results_config has them.
  virtual std::string config() const = 0;
  /// Goes to a cell, by its index. All other calls are about that cell.
  virtual void go_to(std::size_t cell) = 0;
  virtual bool has(const std::string& column) const = 0;
  /// Returns the number of rows, that is of trials.
  virtual std::uint64_t rows() const = 0;
  /// Copies a column's values from row first on.
  virtual void read(const std::string& column, std::uint64_t first, std::span<double> values) const = 0;
};

/// Returns whether this build reads trials.h5.
bool reads_listed_trials();

/// Opens the trials.h5 of a folder. Returns none where the folder has no such file. Precondition:
/// reads_listed_trials().
std::unique_ptr<ListedTrials> open_listed_trials(const std::filesystem::path& folder);

}  // namespace logmargin
