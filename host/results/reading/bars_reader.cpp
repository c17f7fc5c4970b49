#include "host/results/reading/bars_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>

#include "host/error.hpp"
#include "host/plan/number.hpp"
#include "host/results/files/histograms_csv.hpp"

namespace logmargin {

namespace {

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& why) {
  throw FileError(fmt::format("'{}' {}", file.string(), why));
}

/// BarsOfQuantity is one quantity of a cell, as the file names it.
struct BarsOfQuantity {
  std::string_view quantity, threshold;
  std::uint64_t missing;  ///< values whose bars have not been read yet; at first what summary.json states
  std::vector<Bar>* bars;
};

std::vector<BarsOfQuantity> bars_of(CellSummary& cell) {
  std::vector<BarsOfQuantity> histograms = {
      {"log_exponent", "", cell.fit().log_exponent.count, &cell.log_exponent_bars},
      {"C_ratio", "", cell.fit().ratio.count, &cell.ratio_bars}};
  for (TimeToGapSummary& time : cell.times) {
    histograms.push_back({"log10_t_eps", time.threshold.text, time.log10_t.count, &time.bars});
  }
  return histograms;
}

/// Reads the next line, without its end, which editors and mail may have made that of Windows. Returns false where
/// there is none.
bool next_line(std::istream& stream, std::string& line) {
  if (!std::getline(stream, line)) return false;
  if (line.ends_with('\r')) line.pop_back();
  return true;
}

}  // namespace

void read_bars(const std::filesystem::path& file, std::vector<CellResults>& cells, std::size_t cells_with_bars) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) fail(file, fmt::format("cannot be read: {}", std::strerror(errno)));
  std::string line;
  if (!next_line(stream, line) || line != histograms_header) fail(file, "is not a histograms.csv of this version");
  std::size_t current = 0;
  std::vector<BarsOfQuantity> histograms;
  const auto begin = [&] {
    if (current < cells.size()) histograms = bars_of(cells[current].summary);
  };
  const auto end = [&] {
    for (const BarsOfQuantity& histogram : histograms) {
      if (histogram.missing != 0) fail(file, fmt::format("is not whole: bars of cell {} are missing", current));
    }
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
    const auto place = std::find_if(histograms.begin(), histograms.end(), [&](const BarsOfQuantity& histogram) {
      return histogram.quantity == fields[1] && histogram.threshold == fields[2];
    });
    if (place == histograms.end() || place->missing < *count) wrong();
    place->missing -= *count;
    if (current < cells_with_bars) place->bars->push_back({*low, *high, *count});
  }
  while (current < cells.size()) end();
}

}  // namespace logmargin
