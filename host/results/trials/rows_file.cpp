#include "host/results/trials/rows_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/error.hpp"
#include "host/results/files/checksum.hpp"

namespace logmargin {

namespace {

constexpr std::string_view start_of_rows_file = "logmargin rows\n";

std::string_view text_of_bytes(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

RowsFileWriter::RowsFileWriter(TextSink& sink, const TrialRows& rows) : RowSink(rows), sink_(sink) {
  write(start_of_rows_file);
}

void RowsFileWriter::take(std::span<const double> rows) {
  ByteWriter bytes;
  for (const double number : rows) bytes.real(number);
  write(bytes.bytes());
}

void RowsFileWriter::write(std::string_view bytes) {
  sink_.write(bytes);
  checksum_ = continue_checksum(checksum_, bytes);
}

RowsReader::RowsReader(const std::filesystem::path& folder, std::vector<RowsFile> files, const TrialRows& rows)
    : folder_(folder), files_(std::move(files)), rows_(rows) {
  for (const RowsFile& file : files_) {
    const MappedFile mapped(folder_ / file.name);
    const std::string_view bytes = text_of_bytes(mapped.bytes());
    if (!bytes.starts_with(start_of_rows_file)) refuse(folder_ / file.name, "it holds no rows of trials");
    if (continue_checksum(0, bytes) != file.checksum) {
      refuse(folder_ / file.name, "it is damaged, or not the file that its tally file goes with");
    }
    if ((bytes.size() - start_of_rows_file.size()) % (sizeof(double) * rows_.width()) != 0) {
      refuse(folder_ / file.name, "it ends within a row");
    }
  }
}

void RowsReader::refuse(const std::filesystem::path& path, std::string_view what) {
  throw FileError(fmt::format("'{}' is refused: {}", path.string(), what));
}

bool RowsReader::open_next() {
  if (next_ == files_.size()) return false;
  file_ = std::make_unique<MappedFile>(folder_ / files_[next_++].name);
  rest_ = file_->bytes().subspan(start_of_rows_file.size());
  return true;
}

void RowsReader::feed(const TrialRange& trials, const std::function<void(std::span<const double>)>& take) {
  constexpr std::uint64_t most_numbers_at_once = std::uint64_t{1} << 17;
  const std::uint64_t most_rows_at_once = std::max<std::uint64_t>(1, most_numbers_at_once / rows_.width());
  std::vector<double> numbers;
  for (std::uint64_t trial = trials.first; trial < trials.first + trials.trials;) {
    while (rows_left() == 0) {
      if (!open_next()) refuse(folder_ / (files_.empty() ? "" : files_.back().name), "rows of trials are missing");
    }
    const std::uint64_t count = std::min({trials.first + trials.trials - trial, rows_left(), most_rows_at_once});
    numbers.resize(count * rows_.width());
    ByteReader reader(rest_.first(sizeof(double) * numbers.size()));
    for (double& number : numbers) number = reader.real();
    rest_ = rest_.subspan(sizeof(double) * numbers.size());
    for (std::size_t i = 0; i < count; ++i, ++trial) {
      if (rows_.is_of(trial, std::span(numbers).subspan(i * rows_.width(), rows_.width()))) continue;
      refuse(folder_ / files_[next_ - 1].name, fmt::format("its row of trial {} makes no sense", trial));
    }
    take(numbers);
  }
}

void RowsReader::require_end() {
  while (rows_left() == 0) {
    if (!open_next()) return;
  }
  refuse(folder_ / files_[next_ - 1].name, "it has more rows than there are trials");
}

}  // namespace logmargin
