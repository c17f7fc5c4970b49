#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace logmargin {

/// TextSink takes text, piece by piece.
class TextSink {
 public:
  virtual ~TextSink() = default;
  /// Takes the next piece. Throws FileError.
  virtual void write(std::string_view text) = 0;
};

/// AtomicFile is a file that appears whole or not at all. It is written under a temporary name beside its own, flushed
/// to disk, and then renamed.
class AtomicFile final : public TextSink {
 public:
  /// Throws FileError where the temporary file cannot be made.
  explicit AtomicFile(std::filesystem::path path);
  ~AtomicFile() override;
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(std::string_view text) override;
  /// Writes bytes at a place, past the end too, for files that are not written from front to back. It is not to be
  /// mixed with write. Throws FileError.
  void write_at(std::uint64_t offset, std::span<const char> bytes);
  /// Reads what write_at left there, and zeros beyond the end. Throws FileError.
  void read_at(std::uint64_t offset, std::span<char> bytes) const;
  /// Cuts the file there, or fills it up with zeros. Throws FileError.
  void resize(std::uint64_t size);
  const std::filesystem::path& path() const { return path_; }
  /// Puts everything written on disk, under the temporary name. Throws FileError.
  void sync();
  /// Throws FileError where a folder has the file's name, so that commit would fail.
  void require_free_name() const;
  /// Gives the file its own name. Precondition: sync has been called. Throws FileError.
  void commit();

 private:
  void flush_buffer();
  [[noreturn]] void fail() const;

  std::filesystem::path path_;
  std::filesystem::path temporary_;
  int descriptor_;
  bool published_ = false;
  std::string buffer_;
};

/// Returns the name that a run, since killed, was writing under this temporary one, or nothing for other names.
std::optional<std::string> name_of_stale_file(std::string_view temporary_name);

/// Makes the names in a folder, new and renamed, last through a power cut. Throws FileError.
void sync_folder(const std::filesystem::path& folder);

}  // namespace logmargin
