#include "host/python/stories.hpp"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "host/commands/replay.hpp"
#include "host/input/weights_file.hpp"
#include "host/python/array_weights.hpp"
#include "host/python/interruptible.hpp"
#include "host/python/words.hpp"

namespace logmargin::python {

namespace {

/// Replayed holds what replay tells of networks.
struct Replayed {
  std::string text;                   ///< CSV, or the story in words
  std::vector<std::string> networks;  ///< what is known of each besides its rows, as JSON
  std::vector<std::string> notes;
};

Replayed replayed(Words words, const std::optional<Theta>& theta, bool in_words) {
  const std::shared_ptr<const GivenWeights> weights = weights_of(theta, words);
  const ParsedOptions options = options_of("replay", words);
  return with_complaints(options, [&] {
    Replayed result;
    RunControl control;
    run_interruptibly(control, {nanobind::none(), 0.0}, [&] {
      const ReplayPlan plan =
          read_replay(options, [&](const std::string& file) { return weights ? weights : open_weights(file); });
      StoryTexts texts(plan, false, in_words);
      result.text = texts.begin();
      follow_all(plan, control, [&](const Story& story) {
        result.text += texts.text_of(story);
        result.networks.push_back(network_json(story, plan).dump());
        for (std::string& note : notes_of(story)) result.notes.push_back(std::move(note));
      });
      result.text += texts.end();
    });
    return result;
  });
}

}  // namespace

void add_stories(nanobind::module_& module) {
  using nanobind::arg;
  module.def(
      "replay",
      [](Words words, const std::optional<Theta>& theta, bool in_words) {
        Replayed result = replayed(std::move(words), theta, in_words);
        return nanobind::make_tuple(result.text, result.networks, result.notes);
      },
      arg("words"), arg("theta").none(), arg("in_words"),
      "Returns rows as CSV or the story in words, what else is known of each network as JSON, and notes.");
}

}  // namespace logmargin::python
