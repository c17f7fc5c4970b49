#include "host/input/weights_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <span>
#include <system_error>
#include <utility>

#include "host/input/csv_rows.hpp"
#include "host/input/hdf5_rows.hpp"
#include "host/input/npy_rows.hpp"
#include "host/input/weights_check.hpp"

namespace logmargin {

namespace {

class WeightsFile final : public GivenWeights {
 public:
  WeightsFile(const std::string& file, BinaryRows rows) : rows_(std::move(rows)) { name_ = checked_name(file, *this); }

  std::uint64_t rows() const override { return rows_.rows; }
  std::int64_t dim() const override { return static_cast<std::int64_t>(rows_.width / 2) - 1; }
  std::string name() const override { return name_; }
  void read(std::uint64_t first, std::size_t count, double* values) const override { rows_.read(first, count, values); }

 private:
  BinaryRows rows_;
  std::string name_;
};

/// Returns where "#ROWS-CHECKSUM" begins in the text, if it ends so.
std::size_t mark_of(const std::string& text) {
  constexpr std::size_t digits = 16;
  const std::size_t at = text.rfind('#');
  if (at == std::string::npos) return text.size();
  const std::string_view mark = std::string_view(text).substr(at + 1);
  const std::size_t dash = mark.find('-');
  const bool is_mark = dash != std::string_view::npos && dash > 0 && mark.find_first_not_of("0123456789") == dash &&
                       mark.size() == dash + 1 + digits &&
                       mark.find_first_not_of("0123456789abcdef", dash + 1) == std::string_view::npos;
  return is_mark ? at : text.size();
}

/// Says what kind of file begins so where it is none of weights.
std::string_view other_kind(std::string_view beginning) {
  if (beginning.empty()) return "it is empty";
  if (beginning.starts_with("PK")) return "it is a ZIP archive, as numpy.savez writes; numpy.save's .npy is allowed";
  if (beginning.starts_with("\x1f\x8b")) return "it is compressed by gzip; the file within is allowed";
  if (beginning.starts_with("\x89HDF\r\n\x1a\n"))
    return "of an HDF5 file FILE:/PATH is allowed, which names the dataset";
  return "";
}

BinaryRows rows_of(const std::string& file) {
  const std::size_t at = file.rfind(":/");
  std::error_code error;
  if (at != std::string::npos && at > 0 && !std::filesystem::exists(file, error)) {
    const SteadyFile whole(file.substr(0, at));
    return hdf5_rows(file, file.substr(0, at), file.substr(at + 1));
  }
  auto opened = std::make_unique<SteadyFile>(file);
  std::string beginning(static_cast<std::size_t>(std::min<std::uint64_t>(opened->size(), 8)), '\0');
  opened->read(0, std::as_writable_bytes(std::span(beginning)));
  if (beginning.starts_with(npy_magic)) return npy_rows(file, std::move(opened));
  if (const std::string_view kind = other_kind(beginning); !kind.empty()) refuse_weights(file, kind);
  return csv_rows(file, *opened);
}

}  // namespace

std::shared_ptr<const GivenWeights> open_weights(const std::string& text) {
  const std::string file = text.substr(0, mark_of(text));
  if (file.empty()) refuse_weights(text, "the name of a file is allowed");
  auto weights = std::make_shared<WeightsFile>(file, rows_of(file));
  if (file.size() < text.size() && weights->name() != text) {
    refuse_weights(text, fmt::format("the file has changed: it is {} now", weights->name().substr(file.size() + 1)));
  }
  return weights;
}

}  // namespace logmargin
