#include "host/run/run_output.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include "host/cli/standard_streams.hpp"
#include "host/error.hpp"
#include "host/report/report.hpp"
#include "host/run/run_watch.hpp"

namespace logmargin {

namespace {

/// Returns the last lines of the output. Steps leapt cost nothing, so that a rate means something in lockstep alone.
std::string closing_lines(const RunFacts& facts) {
  std::string text = fmt::format("\n{:.3g} network-steps in {:.2f} s", facts.network_steps, facts.seconds);
  if (facts.steps_computed == 0.0) {
    text += ", none of them computed\n";
  } else if (facts.leap_check.networks == 0) {
    text += fmt::format(", {:.3g} a second\n", facts.network_steps / facts.seconds);
  } else {
    text += std::isnan(facts.steps_computed)
                ? ", in lockstep at first, then by leaps\n"
                : fmt::format(", {:.3g} of them in lockstep, the rest by leaps\n", facts.steps_computed);
    text += fmt::format("{} networks followed in lockstep too: at t = {:g} they differ by {:.1e} at most\n",
                        facts.leap_check.networks, facts.leap_check.at_t, facts.leap_check.largest_difference);
  }
  const Sensitivity& sensitivity = facts.leap_check.sensitivity;
  if (sensitivity.chaotic > 0) {
    text += fmt::format(
        "{} of {} networks followed twice are chaotic: by t = {:g} a change of their start in\n"
        "the last place has grown to {:.1g}. Shares and quantiles hold; the numbers of a\n"
        "single network are those of one rounding among many\n",
        sensitivity.chaotic, sensitivity.networks, sensitivity.at_t, sensitivity.largest_change);
  }
  return text + fmt::format("on {}\n", facts.device);
}

/// Reported says what became of a report.
struct Reported {
  std::string missing;  ///< why pictures are; empty where it is whole
  std::string failure;  ///< why there is none; empty where there is one
  int stop_signal;      ///< that kept it from being drawn, else 0
};

template <class Data>
Reported report_of(const std::filesystem::path& folder, const Data& data, const std::atomic<int>& stop_signal) {
  try {
    return {write_report(folder, data(), {}, stop_signal).of_page, {}, 0};
  } catch (const FileError& error) {
    return {{}, error.what(), 0};
  } catch (const Interrupted& stop) {
    return {{}, "told to stop", stop.signal};
  }
}

void complain_about(const Reported& reported) {
  if (!reported.missing.empty()) complain("pictures are missing: " + reported.missing);
  if (reported.stop_signal != 0) {
    const std::string text = "the results are whole; logmargin report DIR makes their report, which was not finished";
    if (reported.stop_signal == RunWatch::time_is_up) throw TimeIsUp("--max-time is up; " + text);
    throw Interrupted(reported.stop_signal, "interrupted; " + text);
  }
  if (!reported.failure.empty()) {
    throw FileError(fmt::format("the results are written, their report is not: {}", reported.failure));
  }
}

/// Says where the initial weights come from.
std::string origin_of_weights(const Experiment& experiment) {
  return experiment.theta.empty() ? fmt::format("seed {}", experiment.seed)
                                  : fmt::format("weights of {}", experiment.theta);
}

}  // namespace

void complete_report(const std::filesystem::path& folder, const std::atomic<int>& stop_signal) {
  if (std::filesystem::exists(folder / "report.html")) return;
  complain_about(report_of(
      folder, [&] { return read_report_data(folder); }, stop_signal));
}

ResultsOutput::ResultsOutput(const Experiment& experiment, const Schedule& schedule,
                             const nlohmann::ordered_json& config, const Presentation& presentation,
                             const RunFacts& facts, OutputFolder* folder, const TrialRows* rows)
    : experiment_(experiment), config_(config), folder_(folder) {
  if (rows != nullptr) trial_lists_ = presentation.trial_lists();
  std::vector<Writer*> writers;
  if (folder != nullptr) {
    files_.emplace(*folder, experiment, config, facts);
    writers = files_->writers();
    writers.push_back(&report_.emplace(experiment.steps));
    if (rows != nullptr) trial_files_.emplace(*rows);
    for (const std::string& name : trial_lists_) {
      AtomicFile& file = folder->add_file(name);
      const auto make = name == "trials.h5" ? make_trials_file : make_trajectories_file;
      trial_files_->files.push_back(make(file, config, experiment, *rows));
      writers.push_back(trial_files_->files.back().get());
    }
  }
  if (presentation.json) {
    writers.push_back(&printed_.emplace(spool_.emplace(), config, facts, experiment));
  } else if (!presentation.quiet) {
    table_ = std::make_unique<Table>(experiment, schedule, bar_style_of_stdout());
    writers.push_back(table_.get());
  }
  summarizer_.emplace(experiment, std::move(writers));
}

void ResultsOutput::publish(const RunFacts& facts) {
  if (files_) files_->finish(facts);
  if (printed_) printed_->finish(facts);
  if (trial_files_) {
    for (const auto& file : trial_files_->files) file->finish();
  }
  if (folder_ != nullptr) folder_->publish();
}

void ResultsOutput::show(const RunFacts& facts, const std::atomic<int>& stop_signal) {
  Reported reported{};
  if (report_) {
    const auto data = [&] { return std::move(*report_).data(config_, facts, experiment_.stepping); };
    reported = report_of(folder_->path(), data, stop_signal);
  }
  if (spool_) spool_->print();
  if (table_) {
    const std::size_t cells = experiment_.cell_count();
    fmt::print("logmargin: {} cell{} of {} networks, {:g} steps, {}{}\n", cells, cells == 1 ? "" : "s",
               experiment_.trials, experiment_.steps, origin_of_weights(experiment_),
               experiment_.precision == Precision::mixed ? ", mixed precision" : "");
    fmt::print("{}{}", table_->text(), closing_lines(facts));
    if (folder_ != nullptr) {
      std::vector<std::string> names = {"summary.json", "cells.csv", "trajectory.csv", "histograms.csv"};
      if (reported.failure.empty()) names.insert(names.begin(), "report.html");
      names.insert(names.end(), trial_lists_.begin(), trial_lists_.end());
      fmt::print("wrote {} and {} to {}\n", fmt::join(names.begin(), names.end() - 1, ", "), names.back(),
                 folder_->name());
    } else {
      fmt::print("nothing was written; --out DIR keeps the results, with a report\n");
    }
    if (std::fflush(stdout) != 0) throw FileError(fmt::format("stdout cannot be written: {}", std::strerror(errno)));
  }
  complain_about(reported);
}

ShardOutput::ShardOutput(const TallyFileHead& head, TrialRange range, bool quiet, OutputFolder& folder,
                         const TrialRows* rows)
    : name_(shard_file_name(head.shard)), rows_name_(shard_rows_name(head.shard)), quiet_(quiet), folder_(folder) {
  // Rows of an older run would pass for this run's.
  if (rows == nullptr) folder.replace(rows_name_);
  // The tallies rely on the rows, and so get their name after them.
  if (rows != nullptr) rows_writer_.emplace(folder.add_file(rows_name_), *rows);
  writer_.emplace(folder.add_file(name_), head, range);
}

void ShardOutput::publish(const RunFacts& facts) {
  TallyFileTail tail = {facts.seconds, facts.steps_computed, facts.leap_check};
  if (rows_writer_) tail.rows_files.push_back({rows_name_, rows_writer_->checksum()});
  writer_->finish(tail);
  folder_.publish();
}

void ShardOutput::show(const RunFacts&, const std::atomic<int>&) {
  if (quiet_) return;
  const std::string names = rows_writer_ ? fmt::format("{} and {}", name_, rows_name_) : name_;
  fmt::print("wrote {} to {}; logmargin merge adds the shards up\n", names, folder_.name());
}

}  // namespace logmargin
