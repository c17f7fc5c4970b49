#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>

#include "host/engine/stepping_check.hpp"
#include "host/plan/shard.hpp"
#include "host/results/folder/atomic_file.hpp"
#include "host/tally/byte_stream.hpp"
#include "host/tally/cell_tally.hpp"
#include "host/tally/tally_sink.hpp"

namespace logmargin {

/// A file of another format is refused. It rises too when the numbers that a run counts change, so that no run goes on
/// with those of an earlier program.
inline constexpr std::uint32_t tally_format_version = 4;

/// TallyFileKind says what a tally file is for; any other word is refused.
enum class TallyFileKind : int {
  shard,  ///< every cell, of one shard's trials
  cells,  ///< some finished cells of a run that has a checkpoint
  state   ///< where that run stands: the finished trials of its current cell, and the list of its files of cells
};

/// TallyFileHead says which run a tally file belongs to.
struct TallyFileHead {
  TallyFileKind kind;
  nlohmann::ordered_json program = nlohmann::ordered_json::object();  ///< program_facts
  nlohmann::ordered_json config = nlohmann::ordered_json::object();   ///< config_json
  Shard shard;
  std::string device;
  unsigned threads;
};

/// CellsFile is a file of cells that a state relies on.
struct CellsFile {
  std::string name;
  std::uint64_t first_cell, end_cell;
  std::uint32_t checksum;
};

/// RowsFile is a file of rows of trials that a state or a shard relies on.
struct RowsFile {
  std::string name;
  std::uint32_t checksum;
};

/// TallyFileTail is what is known when a tally file ends.
struct TallyFileTail {
  double seconds;         ///< spent so far, over all attempts
  double steps_computed;  ///< as RunFacts has them
  LeapCheck leap_check;
  std::vector<CellsFile> cells_files = {};  ///< of a state
  std::vector<RowsFile> rows_files = {};    ///< where trials are listed: of a state, one an interval; of a shard, one
};

/// TallyFileWriter writes a file of tallies, from which the results of a run are made without running it: the bytes of
/// a shard and of a checkpoint, with numbers as ByteWriter writes them:
///
///     "logmargin tally\n", fixed32 version, fixed32 CRC-32 of the configuration, text head (JSON)
///     for each cell: number cell, number first trial, number trials, a RecordedTally a recorded t, the HorizonTally
///     the tail (JSON), fixed64 its offset, fixed32 CRC-32 of everything before, "tallyend"
class TallyFileWriter final : public TallySink {
 public:
  /// Begins a file in which every cell is of this range of trials. The sink must outlive the writer.
  TallyFileWriter(TextSink& sink, const TallyFileHead& head, TrialRange range);
  void begin_cell(std::size_t index) override;
  void recorded(double t, const RecordedTally& tally) override;
  void end_cell(const HorizonTally& tally) override;
  /// Completes the file and returns its checksum.
  std::uint32_t finish(const TallyFileTail& tail);

 private:
  void flush();

  TextSink& sink_;
  TrialRange range_;
  ByteWriter bytes_;
  std::uint64_t written_ = 0;
  std::uint32_t checksum_ = 0;
};

/// Returns the name of a shard's file, such as "shard-3-of-16.tally".
std::string shard_file_name(const Shard& shard);
/// Returns the name of the file of its trials' rows, such as "shard-3-of-16.rows".
std::string shard_rows_name(const Shard& shard);

/// TallyFileReader reads a tally file from bytes that need not be trusted. Every call throws FileError, which names the
/// file and says what is wrong with it, rather than take a byte that no writer wrote.
class TallyFileReader {
 public:
  /// Checks magic, version and checksums, and reads head and tail. The bytes must outlive the reader.
  TallyFileReader(std::span<const std::byte> bytes, std::string name);

  const std::string& name() const { return name_; }
  const TallyFileHead& head() const { return head_; }
  const TallyFileTail& tail() const { return tail_; }
  std::uint32_t checksum() const { return checksum_; }
  std::size_t bytes_left() const { return cells_.remaining(); }

  /// Begins the next cell, which has to be this one, and returns its trials, which end at most at trial plan_trials.
  TrialRange begin_cell(std::uint64_t index, std::uint64_t plan_trials);
  /// These return the cell's recorded t, one after the other, and then its horizon.
  RecordedTally next_recorded();
  HorizonTally next_horizon(const TallySizes& sizes);
  /// Throws unless every cell has been read.
  void require_end() const;

  [[noreturn]] void refuse(std::string_view what) const;

 private:
  std::string name_;
  TallyFileHead head_;
  TallyFileTail tail_;
  std::uint32_t checksum_ = 0;
  ByteReader cells_{{}};
  std::uint64_t trials_ = 0;  ///< of the cell being read
};

/// Returns what the results of two runs depend on and is not the same, as "--seed is 5 there and 6 here". Returns
/// nothing where one run may be continued by, or added to, the other. With another version of the program the bytes
/// could differ.
std::optional<std::string> difference(const TallyFileHead& there, const TallyFileHead& here);

}  // namespace logmargin
