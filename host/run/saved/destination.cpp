#include "host/run/saved/destination.hpp"

#include "host/error.hpp"
#include "host/plan/number.hpp"
#include "host/results/folder/stale_files.hpp"
#include "host/run/saved/earlier_run.hpp"

namespace logmargin {

Destination::Destination(const Presentation& presentation, const LongRun& long_run, const TallyFileHead& head,
                         TrialRange range, const Experiment& experiment, const Schedule& schedule,
                         const TrialRows* rows) {
  if (!presentation.out) return;
  const std::string& out = *presentation.out;
  const bool force = presentation.force;
  checkpoint_.emplace(out, head, range, experiment, schedule, rows);
  if (checkpoint_->holds_checkpoint() && !long_run.resume && !force) {
    reject("--out", out, "it holds the checkpoint of a run; --resume continues that, --force begins anew");
  }
  // A folder that holds only what a killed run left counts as empty. Where there is no folder there is nothing to lock.
  lock_.emplace(out);
  remove_stale_files(out);
  if (!checkpoint_->holds_checkpoint()) checkpoint_->clear();
  folder_.emplace(out, force || long_run.resume);
  lock_.emplace(folder_->path());
  if (!long_run.saves()) return;
  if (!long_run.resume) {
    checkpoint_->clear();
  } else if (!checkpoint_->holds_checkpoint()) {
    std::vector<std::string> names = ResultFiles::names();
    if (long_run.shard) {
      names = {shard_file_name(*long_run.shard)};
      if (rows != nullptr) names.push_back(shard_rows_name(*long_run.shard));
    } else {
      const std::vector<std::string> lists = presentation.trial_lists();
      names.insert(names.end(), lists.begin(), lists.end());
    }
    complete_ = complete_already(folder_->path(), names, head, force);
  }
  checkpoint_->remove_stale_files();
}

void Destination::clear_checkpoint() {
  if (checkpoint_) checkpoint_->clear();
}

}  // namespace logmargin
