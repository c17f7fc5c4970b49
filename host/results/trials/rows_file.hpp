#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "host/plan/shard.hpp"
#include "host/results/files/tally_file.hpp"
#include "host/results/folder/mapped_file.hpp"
#include "host/results/trials/trial_rows.hpp"

namespace logmargin {

/// RowsFileWriter writes the rows of the trials of a shard, or of an interval of a run with a checkpoint, cell by cell:
///
///     "logmargin rows\n", then every number of every row as ByteWriter::real writes it
///
/// Which run they are of, and how many of each cell, is in the tally file that names this file and its checksum.
class RowsFileWriter final : public RowSink {
 public:
  /// Begins the file. What is referred to must outlive the writer.
  RowsFileWriter(TextSink& sink, const TrialRows& rows);
  void take(std::span<const double> rows) override;
  /// Returns the CRC-32 of everything written.
  std::uint32_t checksum() const { return checksum_; }

 private:
  void write(std::string_view bytes);

  TextSink& sink_;
  std::uint32_t checksum_ = 0;
};

/// RowsReader reads such files, one after the other, as if they were one.
class RowsReader {
 public:
  /// Names the files, by their folder and as a tally file lists them. The rows must outlive the reader. Throws
  /// FileError where one cannot be read or is not as it was written.
  RowsReader(const std::filesystem::path& folder, std::vector<RowsFile> files, const TrialRows& rows);

  /// Gives the next rows to take, some at a time. Throws FileError where they are not those of these trials, and what
  /// take throws.
  void feed(const TrialRange& trials, const std::function<void(std::span<const double>)>& take);
  /// Throws FileError unless every row has been read.
  void require_end();

 private:
  bool open_next();
  std::uint64_t rows_left() const { return rest_.size() / (sizeof(double) * rows_.width()); }
  [[noreturn]] static void refuse(const std::filesystem::path& path, std::string_view what);

  std::filesystem::path folder_;
  std::vector<RowsFile> files_;
  const TrialRows& rows_;
  std::size_t next_ = 0;  ///< the file to be opened next
  std::unique_ptr<MappedFile> file_;
  std::span<const std::byte> rest_;  ///< of the file, still to be read
};

}  // namespace logmargin
