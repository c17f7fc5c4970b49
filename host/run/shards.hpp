#pragma once

#include <memory>
#include <string>
#include <vector>

#include "host/engine/engine.hpp"
#include "host/plan/experiment.hpp"
#include "host/results/files/tally_file.hpp"
#include "host/results/run_facts.hpp"
#include "host/results/trials/trial_rows.hpp"

namespace logmargin {

/// Returns the experiment of the run that a tally file belongs to. Throws FileError where its configuration is none
/// that a sweep writes, or where the file is too short for the tallies that it asks for.
Experiment experiment_of(const TallyFileReader& reader);

/// Shards holds the files of all shards of one run, each once, in the order of their trials.
class Shards {
 public:
  /// Opens the shards, where each place is a file or a folder that holds some. Throws UsageError where they are not all
  /// shards of one run, each once, and FileError where one cannot be read or is not as it was written.
  explicit Shards(const std::vector<std::string>& places);
  ~Shards();
  Shards(const Shards&) = delete;
  Shards& operator=(const Shards&) = delete;

  const TallyFileReader& first() const;
  /// Returns the facts of all shards together.
  RunFacts facts(const Experiment& experiment) const;
  /// Feeds the sink every cell's sum, one recorded t at a time, so that memory does not grow with recorded t, cells or
  /// shards, and the rows of the trials to trials, where they are listed. Throws FileError as the readers do, and
  /// Interrupted. It may be called only once.
  void add_up(const Experiment& experiment, const Schedule& schedule, TallySink& sink, RowSink* trials,
              const RunControl& control);

 private:
  struct File;
  std::vector<std::unique_ptr<File>> files_;
};

}  // namespace logmargin
