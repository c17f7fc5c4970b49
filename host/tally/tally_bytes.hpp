#pragma once

#include "host/tally/byte_stream.hpp"
#include "host/tally/cell_tally.hpp"

namespace logmargin {

void write_tally(ByteWriter& bytes, const RecordedTally& tally);
void write_tally(ByteWriter& bytes, const HorizonTally& tally);

/// Reads the tally of so many trials from bytes that need not be trusted. What is allocated grows with the bytes that
/// are there, not with a number that they claim: at most 1 KiB a byte. Throws MalformedBytes where no trials could have
/// made the tally.
RecordedTally read_checkpoint_tally(ByteReader& bytes, std::uint64_t trials);
HorizonTally read_horizon_tally(ByteReader& bytes, const TallySizes& sizes, std::uint64_t trials);

}  // namespace logmargin
