#include "host/cli/config/validate_toml.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/cli/config/config_entry.hpp"
#include "host/error.hpp"

namespace logmargin {

namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80U; }

class TomlValidator {
 public:
  TomlValidator(std::string_view document, const std::string& file) : document_(document), file_(file) {}

  void look_through() {
    int dots = 0;
    int open = 0;
    while (at_ < document_.size()) {
      const char c = document_[at_];
      if (c == '"' || c == '\'') {
        require_begin_of_text();
        skip_text();
        continue;
      }
      if (c == '#') {
        at_ = std::min(document_.find('\n', at_), document_.size());
        continue;
      }
      require_ascii(at_);
      if (static_cast<unsigned char>(c) < 0x20U && std::string_view("\t\r\n").find(c) == std::string_view::npos) {
        refuse(at_, "a control character is not allowed");
      }
      if (c == '[' && open == 0 && begins_line()) require_name();
      if (c == '[' || c == '{') ++open;
      if (c == ']' || c == '}') --open;
      if (c == '.') ++dots;
      if (std::string_view("=,{}[]\n").find(c) != std::string_view::npos) dots = 0;
      if (dots > most_dots) {
        refuse(at_, fmt::format("a key has more than {} dots; the names of options are allowed", most_dots));
      }
      ++at_;
    }
  }

 private:
  static constexpr int most_dots = 10;
  static constexpr std::string_view blanks = " \t";

  /// Moves behind the text, in quotes of any of TOML's four kinds, that begins here.
  void skip_text() {
    const char quote = document_[at_];
    const std::string three(3, quote);
    const bool long_text = document_.substr(at_).starts_with(three);
    const std::string_view closing = long_text ? std::string_view(three) : std::string_view(three).substr(2);
    for (at_ += closing.size(); at_ < document_.size(); ++at_) {
      if (document_[at_] == '\\' && quote == '"') {
        // White space after a backslash is skipped, up to what has to be none.
        if (long_text) require_ascii(document_.find_first_not_of(" \t\r\n", at_ + 1));
        ++at_;
      } else if (document_.substr(at_).starts_with(closing)) {
        at_ += closing.size();
        // Up to two more are of the text.
        for (int more = 0; long_text && more < 2 && at_ < document_.size() && document_[at_] == quote; ++more) ++at_;
        return;
      }
    }
  }

  /// Throws UsageError for quotes in the midst of a bare value, because they do not begin a text for the parser.
  void require_begin_of_text() const {
    if (at_ == 0 || std::string_view(" \t\r\n=,[{").find(document_[at_ - 1]) != std::string_view::npos) return;
    refuse(at_, "quotes are allowed around a whole text only");
  }

  bool begins_line() const {
    const std::size_t before = document_.substr(0, at_).find_last_not_of(blanks);
    return before == std::string_view::npos || document_[before] == '\n';
  }

  /// Checks the name of the table whose header begins here. The parser refuses an empty one.
  void require_name() const {
    std::size_t at = document_.find_first_not_of(blanks, at_ + 1);
    if (at != std::string_view::npos && document_[at] == '[') at = document_.find_first_not_of(blanks, at + 1);
    if (at == std::string_view::npos) return;
    const char c = document_[at];
    const bool letter_or_digit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter_or_digit || std::string_view("_-\"']").find(c) != std::string_view::npos) return;
    require_ascii(at);
    refuse(at, "the name of a table is missing; lines KEY = VALUE are allowed");
  }

  void require_ascii(std::size_t at) const {
    if (at >= document_.size() || is_ascii(document_[at])) return;
    refuse(at, "a character that is not ASCII is not allowed here; text in quotes and comments may have them");
  }

  [[noreturn]] void refuse(std::size_t at, std::string_view what) const {
    const std::string_view before = document_.substr(0, at);
    const std::string_view line = before.substr(before.rfind('\n') + 1);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    // A character begins where no byte goes on with one.
    const auto characters = std::count_if(line.begin(), line.end(),
                                          [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; });
    const TextPlace place = {static_cast<std::size_t>(lines) + 1, static_cast<std::size_t>(characters) + 1};
    throw UsageError(fmt::format("{}{}", place_prefix(file_, place), what));
  }

  std::string_view document_;
  const std::string& file_;
  std::size_t at_ = 0;
};

}  // namespace

void validate_toml(std::string_view document, const std::string& file) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (document.starts_with(byte_order_mark)) document.remove_prefix(byte_order_mark.size());
  TomlValidator(document, file).look_through();
}

}  // namespace logmargin
