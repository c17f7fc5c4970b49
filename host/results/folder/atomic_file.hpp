#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace logmargin {

/// Where text goes, piece by piece.
class TextSink {
 public:
  virtual ~TextSink() = default;
  /// Throws FileError.
  virtual void write(std::string_view text) = 0;
};

/// A file that appears whole or not at all: written under a temporary name beside its own, flushed to disk, renamed.
class AtomicFile final : public TextSink {
 public:
  /// Throws FileError where the temporary file cannot be made.
  explicit AtomicFile(std::filesystem::path path);
  ~AtomicFile() override;
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(std::string_view text) override;
  /// For files not written from front to back: bytes at a place, past the end too. Not to be mixed with write. Throws
  /// FileError.
  void write_at(std::uint64_t offset, std::span<const char> bytes);
  /// What write_at left there, zeros beyond the end. Throws FileError.
  void read_at(std::uint64_t offset, std::span<char> bytes) const;
  /// Cuts the file there, or fills it up with zeros. Throws FileError.
  void resize(std::uint64_t size);
  const std::filesystem::path& path() const { return path_; }
  /// Everything written is on disk, under the temporary name. Throws FileError.
  void sync();
  /// Throws FileError where a folder has the file's name, so that commit would fail.
  void require_free_name() const;
  /// Takes its own name. Precondition: settled. Throws FileError.
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

/// The name that a run, since killed, was writing under this temporary one; nothing for other names.
std::optional<std::string> name_of_stale_file(std::string_view temporary_name);

/// Makes the names in a folder, new and renamed, last through a power cut. Throws FileError.
void sync_folder(const std::filesystem::path& folder);

}  // namespace logmargin
