#include "host/input/csv_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "host/plan/number.hpp"

namespace logmargin {

namespace {

constexpr std::size_t left_aside = std::numeric_limits<std::size_t>::max();

/// Returns the text without spaces, carriage returns or quotes around it.
std::string_view bare(std::string_view text) {
  constexpr std::string_view around = " \t\r\"";
  const std::size_t first = text.find_first_not_of(around);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(around) - first + 1);
}

/// Takes the text up to the separator off its front, and the separator.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t at = text.find(separator);
  const std::string_view front = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return front;
}

/// Header says where each column of the file goes.
struct Header {
  std::int64_t dim;
  std::vector<std::size_t> place;  ///< in a row of weights, or left_aside
};

Header read_header(const std::string& name, std::string_view line) {
  std::vector<std::string> names;
  for (const std::string& piece : split(line, ',')) names.emplace_back(bare(piece));
  const auto has = [&](const std::string& column) {
    return std::find(names.begin(), names.end(), column) != names.end();
  };
  std::int64_t dim = 1;
  if (!has("w1")) {
    while (dim < most_dimensions_of_given_weights && has(fmt::format("w1_{}", dim + 1))) ++dim;
    if (dim == 1 && has("w1_1")) dim = 0;
  }
  Header header = {std::max<std::int64_t>(dim, 1), std::vector<std::size_t>(names.size(), left_aside)};
  for (std::size_t place = 0; place < weights_width(header.dim); ++place) {
    const std::string wanted =
        dim == 0 && place % 2 == 0 ? fmt::format("w{}_1", place / 2 + 1) : weights_column(header.dim, place);
    const auto count = std::count(names.begin(), names.end(), wanted);
    if (count != 1) {
      refuse_weights(name, fmt::format("line 1 names {} columns {}; w1,b1,w2,b2 or w1_1,..,w1_D,b1,w2_1,..,w2_D,b2 are "
                                       "allowed, each once",
                                       count == 0 ? "no" : std::to_string(count), wanted));
    }
    header.place[static_cast<std::size_t>(std::find(names.begin(), names.end(), wanted) - names.begin())] = place;
  }
  return header;
}

}  // namespace

BinaryRows csv_rows(const std::string& name, const MappedFile& file) {
  std::string_view text = {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const Header header = read_header(name, take_until(text, '\n'));
  const std::size_t width = weights_width(header.dim);
  RowSpool spool(width);
  std::vector<double> row(width);
  for (std::uint64_t number = 2; !text.empty(); ++number) {
    std::string_view line = take_until(text, '\n');
    file.used(line.size() + 1);
    if (bare(line).empty()) continue;
    std::size_t column = 0;
    for (bool more = true; more; ++column) {
      more = line.find(',') != std::string_view::npos;
      const std::string_view piece = bare(take_until(line, ','));
      if (column >= header.place.size()) {
        refuse_weights(
            name, fmt::format("line {} has more values than the {} columns of line 1", number, header.place.size()));
      }
      const std::size_t place = header.place[column];
      if (place == left_aside) continue;
      const auto value = parse_number(piece);
      if (!value) {
        refuse_weights(name, fmt::format("line {}, column {}: '{:.40}' is there; finite numbers are allowed", number,
                                         weights_column(header.dim, place), piece));
      }
      row[place] = *value;
    }
    if (column < header.place.size()) {
      refuse_weights(name, fmt::format("line {} has {} values; {} are allowed, as line 1 has", number, column,
                                       header.place.size()));
    }
    spool.add(row);
  }
  return spool.rows();
}

}  // namespace logmargin
