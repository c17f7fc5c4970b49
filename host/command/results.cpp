#include "host/command/results.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cmath>
#include <cstring>

#include "host/error.hpp"
#include "host/output/cells_csv.hpp"
#include "host/output/trajectory_csv.hpp"

namespace logmargin {

namespace {

/// Steps leapt cost nothing, so that a rate means something in lockstep alone.
std::string closing_lines(const RunFacts& facts) {
  std::string text = fmt::format("\n{:.3g} network-steps in {:.2f} s", facts.network_steps, facts.seconds);
  if (facts.leap_check.networks == 0) {
    text += fmt::format(", {:.3g} a second\n", facts.network_steps / facts.seconds);
  } else {
    text += std::isnan(facts.steps_computed)
                ? ", in lockstep at first, then by leaps\n"
                : fmt::format(", {:.3g} of them in lockstep, the rest by leaps\n", facts.steps_computed);
    text += fmt::format("{} networks followed in lockstep too: at t = {:g} they differ by {:.1e} at most\n",
                        facts.leap_check.networks, facts.leap_check.at_t, facts.leap_check.largest_difference);
  }
  return text + fmt::format("on {}\n", facts.device);
}

}  // namespace

std::vector<std::string> Results::file_names() { return {"summary.json", "cells.csv", "trajectory.csv"}; }

Results::Results(const Plan& plan, const Schedule& schedule, const nlohmann::ordered_json& config,
                 const RunFacts& facts, const ParsedOptions& options, OutputFolder* folder)
    : plan_(plan), folder_(folder) {
  const auto add_summary = [&](TextSink& sink) {
    summaries_.push_back(std::make_unique<SummaryJson>(sink, config, facts, plan));
    writers_.push_back(summaries_.back().get());
  };
  if (folder != nullptr) {
    folder_name_ = folder->name();
    add_summary(folder->add_file("summary.json"));
    tables_.push_back(std::make_unique<CellsCsv>(folder->add_file("cells.csv"), plan));
    tables_.push_back(std::make_unique<TrajectoryCsv>(folder->add_file("trajectory.csv")));
  }
  if (options.flag("json")) add_summary(spool_.emplace());
  if (!options.flag("json") && !options.flag("quiet")) {
    table_ = std::make_unique<Table>(plan, schedule, bar_style_of_stdout());
    writers_.push_back(table_.get());
  }
  for (const auto& writer : tables_) writers_.push_back(writer.get());
}

void Results::publish(const RunFacts& facts) {
  for (const auto& summary : summaries_) summary->finish(facts);
  if (folder_ != nullptr) folder_->publish();
  if (spool_) spool_->print();
  if (!table_) return;
  fmt::print("logmargin: {} cell{} of {} networks, {:g} steps, seed {}{}\n", plan_.cell_count(),
             plan_.cell_count() == 1 ? "" : "s", plan_.trials, plan_.steps, plan_.seed,
             plan_.precision == Precision::mixed ? ", mixed precision" : "");
  fmt::print("{}{}", table_->text(), closing_lines(facts));
  if (folder_ != nullptr) fmt::print("wrote summary.json, cells.csv and trajectory.csv to {}\n", folder_name_);
  if (std::fflush(stdout) != 0) throw FileError(fmt::format("stdout cannot be written: {}", std::strerror(errno)));
}

}  // namespace logmargin
