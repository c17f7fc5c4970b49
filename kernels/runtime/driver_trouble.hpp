#pragma once

#include <string>

namespace logmargin {

/// DriverAnswer says why counting the devices failed; it is fine where it did not fail.
enum class DriverAnswer { fine, insufficient_driver, no_device, out_of_memory, other };

/// Says in words why no GPU can be used; the text is empty where one can. Versions are as CUDA gives them (13000 is
/// 13.0), 0 for no driver. message: the runtime's own words, for answers without better ones.
std::string driver_trouble(DriverAnswer answer, int devices, int driver_version, int runtime_version,
                           const std::string& message);

/// Returns "13.0" for 13000.
std::string version_text(int version);

}  // namespace logmargin
