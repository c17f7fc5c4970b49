#pragma once

#include <memory>

#include "host/engine/engine.hpp"

namespace logmargin {

/// Makes the serial reference: it trains one network after the other, one number at a time, with the stepper of its
/// cell. It is slow, and plain enough to read; every other engine gives its bits.
std::unique_ptr<Engine> make_reference_engine();

}  // namespace logmargin
