#include "host/report/histograms_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "host/error.hpp"
#include "host/plan/number.hpp"
#include "host/results/files/histograms_csv.hpp"

namespace logmargin {

namespace {

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& why) {
  throw FileError(fmt::format("'{}' {}", file.string(), why));
}

std::vector<ReportHistogram> empty_histograms(const ReportCell& cell) {
  std::vector<ReportHistogram> histograms = {{"log_exponent", "", {}}, {"C_ratio", "", {}}};
  for (const ReportTime& time : cell.times) histograms.push_back({"log10_t_eps", time.threshold, {}});
  return histograms;
}

/// The counts that summary.json states, in the order of empty_histograms.
std::vector<std::uint64_t> stated_counts(const ReportCell& cell) {
  std::vector<std::uint64_t> counts = {cell.log_exponent_count, cell.ratio_count};
  for (const ReportTime& time : cell.times) counts.push_back(time.count);
  return counts;
}

/// The next line, without its end, which editors and mail may have made that of Windows.
bool next_line(std::istream& stream, std::string& line) {
  if (!std::getline(stream, line)) return false;
  if (line.ends_with('\r')) line.pop_back();
  return true;
}

}  // namespace

void read_histograms(const std::filesystem::path& file, std::vector<ReportCell>& cells) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) fail(file, fmt::format("cannot be read: {}", std::strerror(errno)));
  std::string line;
  if (!next_line(stream, line) || line != histograms_header) fail(file, "is not a histograms.csv of this version");
  std::size_t current = 0;
  std::vector<ReportHistogram> histograms;
  std::vector<std::uint64_t> missing;
  const auto begin = [&] {
    if (current == cells.size()) return;
    histograms = empty_histograms(cells[current]);
    missing = stated_counts(cells[current]);
  };
  const auto end = [&] {
    for (const std::uint64_t count : missing) {
      if (count != 0) fail(file, fmt::format("is not whole: bars of cell {} are missing", current));
    }
    if (current < drawn_cells) cells[current].histograms.swap(histograms);
    ++current;
    begin();
  };
  begin();
  for (std::size_t row = 2; next_line(stream, line); ++row) {
    const auto wrong = [&] { fail(file, fmt::format("has a wrong line {}", row)); };
    const std::vector<std::string> fields = split(line, ',');
    if (fields.size() != 6) wrong();
    const auto cell = parse_unsigned(fields[0]);
    const auto low = parse_number(fields[3]);
    const auto high = parse_number(fields[4]);
    const auto count = parse_unsigned(fields[5]);
    if (!cell || !low || !high || !count || *cell < current || *cell >= cells.size()) wrong();
    while (current < *cell) end();
    const auto place = std::find_if(histograms.begin(), histograms.end(), [&](const ReportHistogram& histogram) {
      return histogram.quantity == fields[1] && histogram.threshold == fields[2];
    });
    const auto index = static_cast<std::size_t>(place - histograms.begin());
    if (place == histograms.end() || missing[index] < *count) wrong();
    missing[index] -= *count;
    place->bars.push_back({*low, *high, *count});
  }
  while (current < cells.size()) end();
}

}  // namespace logmargin
