#pragma once

#include "host/command/parsed_options.hpp"
#include "host/output/tally_file.hpp"

namespace logmargin {

/// logmargin merge OUT IN...: adds up the files of all shards of a run, given by name or by folder, into the folder of
/// the whole run. Throws UsageError where they are not all shards of one run, each once, FileError where one is not as
/// it was written; then nothing has been written.
void merge_command(const ParsedOptions& options);

/// The plan of the run that a tally file belongs to. Throws FileError where its configuration is none that --help
/// allows, or where the file is too short for the tallies that it asks for.
Plan plan_of(const TallyFileReader& reader);

}  // namespace logmargin
