#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/cli/replay_options.hpp"
#include "logmargin/measure/outcome.hpp"
#include "logmargin/measure/track.hpp"

namespace logmargin {

/// Row is one recorded t of one network. The pattern is four characters 0 or 1, in the order z11, z12, z21, z22.
struct Row {
  std::array<double, 11> before_pattern;
  std::string pattern;
  double log10_loss;
  double gap;
  bool classified;  ///< whether both points are; otherwise gap and margin are NaN
};

/// Story is one network as it stands at the last row, and all that was seen on the way.
struct Story {
  std::optional<std::uint64_t> trial;  ///< where it is one of a sweep
  SpatialStart start;
  Network<double> network;
  Outcome outcome = Outcome::transient;
  double unresolved_t = std::numeric_limits<double>::quiet_NaN();
  Dip<double> dip = no_dip<double>();
  std::vector<double> log10_t_eps = {};  ///< of the experiment's thresholds; see log10_times_to_gap
  std::vector<Row> rows = {};
  double largest_change = 0.0;  ///< of a twin whose start differs in the last place
  double chaotic_from_t = std::numeric_limits<double>::quiet_NaN();
};

/// StoryTexts tells the stories of a replay, one after the other: as CSV, as JSON or in words. Where there are several,
/// each row begins with its trial.
class StoryTexts {
 public:
  StoryTexts(const ReplayPlan& replay, bool json, bool words) : replay_(replay), json_(json), words_(words) {}

  std::string begin() const;
  std::string text_of(const Story& story);
  std::string end() const;

 private:
  bool several() const { return replay_.networks() > 1; }
  std::string in_words(const Story& story) const;
  std::string as_csv(const Story& story) const;

  const ReplayPlan& replay_;
  bool json_;
  bool words_;
  bool first_ = true;
};

/// Returns what is known of the network besides its rows, the object "network" of the JSON.
nlohmann::ordered_json network_json(const Story& story, const ReplayPlan& replay);

/// Returns what a reader of the rows has to know, a sentence each.
std::vector<std::string> notes_of(const Story& story);

}  // namespace logmargin
