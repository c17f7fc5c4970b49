#pragma once

#include "host/engine/engine.hpp"

namespace logmargin {

/// RecordThroughput says what recording costs in lockstep, every statistic of every network at every t, beside the
/// steps themselves.
struct RecordThroughput {
  double records_per_s;   ///< networks times recorded t
  double steps_a_record;  ///< the time of one record over that of one step of one network
  double speed_kept;      ///< unrecorded over recorded time where every step is recorded, from 0 to 1
};

/// Measures He-initialised networks on the default data over some hundred steps, --record every=1 against none. Takes
/// about a second.
RecordThroughput measure_records(Engine& engine);

}  // namespace logmargin
