#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "host/cli/config/config_entry.hpp"
#include "host/error.hpp"

namespace logmargin {

namespace {

/// CountingIterator tells how far the parser has read: nlohmann-json gives the place of a syntax error, but of no
/// value.
class CountingIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    *furthest_ = ++at_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }

 private:
  const char* at_;
  const char** furthest_;
};

/// PlaceCounter gives the lines and columns of places that are asked for from front to back.
class PlaceCounter {
 public:
  explicit PlaceCounter(std::string_view document) : document_(document) {}

  /// Returns the place of a byte. Precondition: byte is not before the last one asked for.
  TextPlace at(std::size_t byte) {
    for (; byte_ < std::min(byte, document_.size()); ++byte_) {
      const auto c = static_cast<unsigned char>(document_[byte_]);
      if (c == '\n') {
        ++place_.line;
        place_.column = 1;
      } else if ((c & 0xc0U) != 0x80U) {  // not within a character of several bytes
        ++place_.column;
      }
    }
    return place_;
  }

 private:
  std::string_view document_;
  std::size_t byte_ = 0;
  TextPlace place_;
};

/// EntryReader receives the document's events and keeps the entries of one object of it.
class EntryReader : public nlohmann::json_sax<nlohmann::ordered_json> {
 public:
  EntryReader(std::string_view document, const std::string& file)
      : document_(document), file_(file), furthest_(document.data()), places_(document) {}

  std::vector<ConfigEntry> read() {
    const char* end = document_.data() + document_.size();
    nlohmann::ordered_json::sax_parse(CountingIterator(document_.data(), &furthest_), CountingIterator(end, &furthest_),
                                      this);
    return std::move(entries_);
  }

  bool null() override { return scalar(ConfigValue::Kind::nothing, "null", 4); }
  bool boolean(bool value) override {
    const std::string text = value ? "true" : "false";
    return scalar(ConfigValue::Kind::boolean, text, text.size());
  }
  bool number_integer(number_integer_t value) override { return number(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return number(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& written) override { return number(written); }
  bool string(string_t& value) override {
    return scalar(ConfigValue::Kind::text, value, read_bytes() - opening_quote());
  }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override {
    if (depth_ == 1 && !in_config_ && key_ == "config") {
      // A whole summary.json: what came before is not configuration.
      in_config_ = true;
      entries_.clear();
      keys_.clear();
    } else if (depth_ > 0) {
      add({ConfigValue::Kind::other, "an object", places_.at(read_bytes() - 1)});
    }
    ++depth_;
    return true;
  }
  bool end_object() override {
    --depth_;
    return !(in_config_ && depth_ == 1);
  }
  bool start_array(std::size_t) override {
    require_object("an array");
    if (depth_ == option_depth()) {
      entries_.back().is_array = true;
    } else {
      add({ConfigValue::Kind::other, "an array", places_.at(read_bytes() - 1)});
    }
    ++depth_;
    return true;
  }
  bool end_array() override {
    --depth_;
    return true;
  }
  bool key(string_t& name) override {
    if (depth_ == 1) key_ = name;
    if (depth_ != option_depth()) return true;
    const TextPlace place = places_.at(opening_quote());
    if (!keys_.insert(name).second) {
      throw UsageError(
          fmt::format("{}{}: a key is allowed once, this one came before", place_prefix(file_, place), name));
    }
    entries_.push_back({name, place, false, {}});
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::ordered_json::exception& error) override {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: WHAT; last read: '...'", or without its place
    std::string_view what = error.what();
    what.remove_prefix(what.find("] ") + 2);
    if (what.starts_with("parse error at")) what.remove_prefix(what.find(": ") + 2);
    throw UsageError(fmt::format("{}not JSON: {}; a summary.json or its config object is allowed",
                                 place_prefix(file_, places_.at(position > 0 ? position - 1 : 0)),
                                 what.substr(0, what.find("; last read"))));
  }

 private:
  /// Returns how deep the options lie: 1 in a configuration, 2 in a summary's.
  int option_depth() const { return in_config_ ? 2 : 1; }

  std::size_t read_bytes() const { return static_cast<std::size_t>(furthest_ - document_.data()); }

  /// Returns where the text token begins that has just been read.
  std::size_t opening_quote() const {
    for (std::size_t at = read_bytes() - 1; at-- > 0;) {
      if (document_[at] != '"') continue;
      std::size_t backslashes = 0;
      while (backslashes < at && document_[at - backslashes - 1] == '\\') ++backslashes;
      if (backslashes % 2 == 0) return at;
    }
    return 0;
  }

  /// Takes a number. The parser sees by the character after a number that it ends.
  bool number(const std::string& text) { return scalar(ConfigValue::Kind::number, text, text.size() + 1); }

  /// Takes a value. Its bytes count from its first one to the furthest read.
  bool scalar(ConfigValue::Kind kind, const std::string& text, std::size_t bytes) {
    require_object(text);
    add({kind, text, places_.at(read_bytes() - bytes)});
    return true;
  }

  void add(ConfigValue value) {
    const bool element = depth_ == option_depth() + 1 && !entries_.empty() && entries_.back().is_array;
    if (depth_ == option_depth() || element) entries_.back().values.push_back(std::move(value));
  }

  void require_object(std::string_view what) const {
    if (depth_ > 0) return;
    throw UsageError(
        fmt::format("{}'{}' is not allowed; a summary.json or its config object is", place_prefix(file_, {}), what));
  }

  std::string_view document_;
  const std::string& file_;
  const char* furthest_;
  PlaceCounter places_;
  std::vector<ConfigEntry> entries_;
  std::set<std::string> keys_;
  std::string key_;  ///< the last one of the document's own
  int depth_ = 0;
  bool in_config_ = false;
};

}  // namespace

std::vector<ConfigEntry> parse_json_config(std::string_view document, const std::string& file) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (document.starts_with(byte_order_mark)) document.remove_prefix(byte_order_mark.size());
  return EntryReader(document, file).read();
}

}  // namespace logmargin
