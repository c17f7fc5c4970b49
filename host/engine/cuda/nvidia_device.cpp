#include "host/engine/cuda/nvidia_device.hpp"

#include <fstream>
#include <string>

namespace logmargin {

namespace {

namespace files = std::filesystem;

std::string first_word_in(const files::path& file) {
  std::ifstream stream(file);
  std::string word;
  stream >> word;
  return word;
}

}  // namespace

bool has_nvidia_device(const files::path& root) {
  std::error_code none;
  // Containers are given the driver's own device; their /sys need not show the bus.
  if (files::exists(root / "dev/nvidiactl", none)) return true;
  const files::directory_iterator end;
  for (files::directory_iterator device(root / "sys/bus/pci/devices", none); device != end; device.increment(none)) {
    // Display controllers are class 3 of the PCI bus, data-centre GPUs too.
    if (first_word_in(device->path() / "vendor") == "0x10de" &&
        first_word_in(device->path() / "class").starts_with("0x03")) {
      return true;
    }
  }
  return false;
}

}  // namespace logmargin
