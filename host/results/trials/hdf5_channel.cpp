#include "host/results/trials/hdf5_channel.hpp"

#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif

#include <algorithm>
#include <iterator>
#include <memory>

namespace logmargin {

namespace {

/// OpenFile is an open file, of which HDF5 knows the first member alone.
struct OpenFile {
  H5FD_t known_to_hdf5;
  Hdf5Channel* channel;
  haddr_t allocated_end, end;
};

/// ChannelAddress is what access properties keep a copy of.
struct ChannelAddress {
  Hdf5Channel* channel;
};

OpenFile& opened(H5FD_t* file) { return *reinterpret_cast<OpenFile*>(file); }
const OpenFile& opened(const H5FD_t* file) { return *reinterpret_cast<const OpenFile*>(file); }

/// Does the work unless there has been trouble, and keeps its exception as trouble: no exception may pass through HDF5.
template <class Work>
void unless_in_trouble(Hdf5Channel& channel, Work&& work) {
  if (channel.trouble) return;
  try {
    work();
  } catch (...) {
    channel.trouble = std::current_exception();
  }
}

H5FD_t* open_file(const char*, unsigned, hid_t access, haddr_t) {
  const auto* const address = static_cast<const ChannelAddress*>(H5Pget_driver_info(access));
  if (address == nullptr) return nullptr;
  auto file = std::make_unique<OpenFile>();
  file->channel = address->channel;
  return &file.release()->known_to_hdf5;
}

herr_t close_file(H5FD_t* file) {
  const std::unique_ptr<OpenFile> owned(&opened(file));
  return 0;
}

herr_t query_features(const H5FD_t*, unsigned long* features) {
  *features = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
              H5FD_FEAT_AGGREGATE_SMALLDATA;
  return 0;
}

haddr_t allocated_end(const H5FD_t* file, H5FD_mem_t) { return opened(file).allocated_end; }

herr_t set_allocated_end(H5FD_t* file, H5FD_mem_t, haddr_t end) {
  opened(file).allocated_end = end;
  return 0;
}

haddr_t end_of_file(const H5FD_t* file, H5FD_mem_t) { return opened(file).end; }

herr_t read_bytes(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t at, std::size_t size, void* bytes) {
  const std::span<char> into(static_cast<char*>(bytes), size);
  std::fill(into.begin(), into.end(), '\0');
  Hdf5Channel& channel = *opened(file).channel;
  unless_in_trouble(channel, [&] { channel.file.read_at(at, into); });
  return 0;
}

herr_t write_bytes(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t at, std::size_t size, const void* bytes) {
  Hdf5Channel& channel = *opened(file).channel;
  unless_in_trouble(channel, [&] { channel.file.write_at(at, {static_cast<const char*>(bytes), size}); });
  opened(file).end = std::max<haddr_t>(opened(file).end, at + size);
  return 0;
}

herr_t truncate_file(H5FD_t* file, hid_t, hbool_t) {
  OpenFile& open = opened(file);
  if (open.end != open.allocated_end) {
    unless_in_trouble(*open.channel, [&] { open.channel->file.resize(open.allocated_end); });
    open.end = open.allocated_end;
  }
  return 0;
}

H5FD_class_t driver_class() {
  H5FD_class_t driver{};
#if H5_VERSION_GE(1, 13, 0)
  driver.version = H5FD_CLASS_VERSION;
  driver.value = static_cast<H5FD_class_value_t>(H5FD_CLASS_VALUE_RESERVED_MAX + 1);
#endif
  driver.name = "logmargin";
  driver.maxaddr = (haddr_t{1} << 62) - 1;
  driver.fc_degree = H5F_CLOSE_STRONG;
  driver.fapl_size = sizeof(ChannelAddress);
  driver.open = open_file;
  driver.close = close_file;
  driver.query = query_features;
  driver.get_eoa = allocated_end;
  driver.set_eoa = set_allocated_end;
  driver.get_eof = end_of_file;
  driver.read = read_bytes;
  driver.write = write_bytes;
  driver.truncate = truncate_file;
  constexpr H5FD_mem_t kinds[] = H5FD_FLMAP_DICHOTOMY;
  std::copy(std::begin(kinds), std::end(kinds), driver.fl_map);
  return driver;
}

}  // namespace

Hdf5Handle access_through(Hdf5Channel& channel) {
  static const H5FD_class_t driver = driver_class();
  const Hdf5Handle registered(H5FDregister(&driver));
  Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS));
  const ChannelAddress address = {&channel};
  if (!registered.valid() || !access.valid() || H5Pset_driver(access.get(), registered.get(), &address) < 0) return {};
  return access;
}

}  // namespace logmargin
