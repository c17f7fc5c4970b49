#include "host/input/csv_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "host/plan/number.hpp"

namespace logmargin {

namespace {

constexpr std::size_t not_read = std::numeric_limits<std::size_t>::max();

/// Returns the text without spaces, carriage returns or quotes around it.
std::string_view bare(std::string_view text) {
  constexpr std::string_view around = " \t\r\"";
  const std::size_t first = text.find_first_not_of(around);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(around) - first + 1);
}

/// No line of weights is longer: 10,000 dimensions of 25 characters a number are half a megabyte.
constexpr std::size_t longest_line = std::size_t{4} << 20U;
constexpr std::size_t bytes_at_once = std::size_t{1} << 20U;

/// LineReader gives a file's lines one after the other, in memory for one of them.
class LineReader {
 public:
  /// name: as the user wrote it, for the error about a line without an end.
  LineReader(const std::string& name, const SteadyFile& file) : name_(name), file_(file) {}

  /// Sets the line to the next one, which lives until the next call. Returns false behind the last.
  bool next(std::string_view& line) {
    std::size_t end = buffer_.find('\n', at_);
    while (end == std::string::npos && position_ < file_.size() && buffer_.size() - at_ <= longest_line) {
      buffer_.erase(0, std::exchange(at_, 0));
      const std::size_t kept = buffer_.size();
      buffer_.resize(kept + static_cast<std::size_t>(std::min<std::uint64_t>(bytes_at_once, file_.size() - position_)));
      file_.read(position_, std::as_writable_bytes(std::span(buffer_).subspan(kept)));
      position_ += buffer_.size() - kept;
      end = buffer_.find('\n', kept);
    }
    if (at_ == buffer_.size()) return false;
    const std::size_t past = std::min(end, buffer_.size());
    if (past - at_ > longest_line) {
      refuse_weights(name_, fmt::format("line {} has no end within 4 MiB; .npy, or CSV of shorter lines, is allowed",
                                        number_ + 1));
    }
    line = std::string_view(buffer_).substr(at_, past - at_);
    at_ = std::min(past + 1, buffer_.size());
    ++number_;
    return true;
  }
  /// Returns the line's number, counted from 1.
  std::uint64_t number() const { return number_; }

 private:
  const std::string& name_;
  const SteadyFile& file_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::uint64_t position_ = 0;
  std::uint64_t number_ = 0;
};

/// Returns the fields of a line. Within quotes a comma is part of its field.
void split_fields(std::string_view line, std::vector<std::string_view>& fields) {
  fields.clear();
  bool quoted = false;
  std::size_t first = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (line[i] != ',' || quoted) continue;
    fields.push_back(bare(line.substr(first, i - first)));
    first = i + 1;
  }
  fields.push_back(bare(line.substr(first)));
}

/// Says whether a column's name is one of weights, in some dimension or numbered in another way.
bool names_weights(std::string_view name) {
  return name.size() >= 2 && (name[0] == 'w' || name[0] == 'b') && (name[1] == '1' || name[1] == '2') &&
         (name.size() == 2 || (name[2] == '_' && name.find_first_not_of("0123456789", 3) == std::string_view::npos));
}

/// Header says where each column of the file goes.
struct Header {
  std::int64_t dim;
  std::vector<std::size_t> place;  ///< in a row of weights, or not_read
};

Header read_header(const std::string& file, std::string_view line) {
  // NumPy's savetxt begins its header so.
  if (line.starts_with('#')) line.remove_prefix(1);
  std::vector<std::string_view> names;
  split_fields(line, names);
  const auto has = [&](const std::string& column) {
    return std::find(names.begin(), names.end(), column) != names.end();
  };
  const bool numbered = !has("w1") && has("w1_1");
  std::int64_t dim = 1;
  while (numbered && dim < most_dimensions_of_given_weights && has(fmt::format("w1_{}", dim + 1))) ++dim;
  Header header = {dim, std::vector<std::size_t>(names.size(), not_read)};
  for (std::size_t place = 0; place < weights_width(dim); ++place) {
    const bool one_numbered = numbered && dim == 1 && place % 2 == 0;
    const std::string wanted = weights_column(dim, place) + (one_numbered ? "_1" : "");
    const auto count = std::count(names.begin(), names.end(), wanted);
    if (count != 1) {
      refuse_weights(file, fmt::format("line 1 has {} {}; w1,b1,w2,b2 or w1_1,..,w1_D,b1,w2_1,..,w2_D,b2 are allowed",
                                       count == 0 ? "no column" : "more than one column", wanted));
    }
    header.place[static_cast<std::size_t>(std::find(names.begin(), names.end(), wanted) - names.begin())] = place;
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (header.place[i] != not_read || !names_weights(names[i])) continue;
    refuse_weights(file,
                   fmt::format("line 1 has a column {:.20} beside those of weights in {} dimension{}; w1,b1,w2,b2 or "
                               "w1_1,..,w1_D,b1,w2_1,..,w2_D,b2 are allowed",
                               names[i], dim, dim == 1 ? "" : "s"));
  }
  return header;
}

}  // namespace

BinaryRows csv_rows(const std::string& name, const SteadyFile& file) {
  LineReader lines(name, file);
  std::string_view line;
  lines.next(line);
  if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  const Header header = read_header(name, line);
  RowSpool spool(weights_width(header.dim));
  std::vector<double> row(weights_width(header.dim));
  std::vector<std::string_view> fields;
  while (lines.next(line)) {
    if (bare(line).empty()) continue;
    split_fields(line, fields);
    if (fields.size() != header.place.size()) {
      refuse_weights(name, fmt::format("line {} has {} value{}; {} are allowed, as line 1 has", lines.number(),
                                       fields.size(), fields.size() == 1 ? "" : "s", header.place.size()));
    }
    for (std::size_t column = 0; column < fields.size(); ++column) {
      const std::size_t place = header.place[column];
      if (place == not_read) continue;
      const auto value = parse_number(fields[column]);
      if (!value) {
        refuse_weights(name, fmt::format("line {}, column {}: '{:.40}' is there; finite numbers are allowed",
                                         lines.number(), weights_column(header.dim, place), fields[column]));
      }
      row[place] = *value;
    }
    spool.add(row);
  }
  return spool.rows();
}

}  // namespace logmargin
