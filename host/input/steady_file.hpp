#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace logmargin {

/// SteadyFile is a file that is read while it must stay as it was when it was opened.
class SteadyFile {
 public:
  /// Opens the file. Throws FileError where there is none, where it cannot be read, and for a folder, a pipe or a
  /// device.
  explicit SteadyFile(const std::string& path);
  /// Takes over an open file. name: what errors call it.
  SteadyFile(int descriptor, std::string name);
  ~SteadyFile();
  SteadyFile(const SteadyFile&) = delete;
  SteadyFile& operator=(const SteadyFile&) = delete;

  std::uint64_t size() const { return size_; }
  /// Copies the bytes from that place on. Throws FileError where the file is shorter, and where it has been written to
  /// since it was opened. It may be called by several threads at once.
  void read(std::uint64_t from, std::span<std::byte> bytes) const;

 private:
  void look(std::uint64_t& size, std::int64_t& changed_ns) const;

  int descriptor_;
  std::string name_;
  std::uint64_t size_ = 0;
  std::int64_t changed_ns_ = 0;
};

}  // namespace logmargin
