#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace logmargin::testing {

using CsvRow = std::vector<std::string>;

/// The fields of a comma-separated text as RFC 4180 has it: row by row, the header first.
inline std::vector<CsvRow> csv_fields(std::string_view text) {
  std::vector<CsvRow> rows;
  CsvRow row;
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      field += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == ',' || c == '\n')) {
      row.push_back(std::exchange(field, {}));
      if (c == '\n') rows.push_back(std::exchange(row, {}));
    } else {
      field += c;
    }
  }
  if (quoted || !field.empty() || !row.empty()) throw std::runtime_error("the last CSV line is not complete");
  return rows;
}

/// A table whose rows all have the header's number of fields; throws otherwise, and for equal column names.
class CsvTable {
 public:
  explicit CsvTable(std::string_view text) : rows_(csv_fields(text)) {
    if (rows_.empty()) throw std::runtime_error("no CSV header");
    for (std::size_t i = 0; i < rows_[0].size(); ++i) {
      if (!column_.emplace(rows_[0][i], i).second) throw std::runtime_error("two columns are " + rows_[0][i]);
    }
    for (const CsvRow& row : rows_) {
      if (row.size() != rows_[0].size()) throw std::runtime_error("a CSV row has another number of fields");
    }
  }

  std::size_t rows() const { return rows_.size() - 1; }
  const std::string& at(std::size_t row, const std::string& column) const {
    return rows_.at(row + 1).at(column_.at(column));
  }
  double number(std::size_t row, const std::string& column) const { return std::stod(at(row, column)); }

 private:
  std::vector<CsvRow> rows_;
  std::map<std::string, std::size_t> column_;
};

}  // namespace logmargin::testing
