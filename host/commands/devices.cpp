#include "host/commands/devices.hpp"

#include <fmt/format.h>

#include "host/engine/device.hpp"

namespace logmargin {

void devices_command(const ParsedOptions&) { fmt::print("{}", devices_text()); }

}  // namespace logmargin
