#include "host/compare/comparison_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "host/results/files/summary_json.hpp"
#include "logmargin/measure/outcome_name.hpp"

namespace logmargin {

namespace {

using Json = nlohmann::ordered_json;

/// Returns {"name":"value",..}, the axes of a cell.
Json axes_json(const AxisValues& axes) {
  Json json = Json::object();
  for (std::size_t axis = 0; axis < axis_names.size(); ++axis) json[std::string(axis_names[axis])] = axes[axis];
  return json;
}

Json interval_json(const Interval& interval) {
  if (!interval.known()) return nullptr;
  return Json::array({interval.low, interval.high});
}

Json share_json(const ComparedShare& share, const ComparedCell& cell) {
  const auto part = [](std::uint64_t count, std::uint64_t all) {
    return Json{{"count", count}, {"share", static_cast<double>(count) / static_cast<double>(all)}};
  };
  return {{"a", part(share.a, cell.a_trials)},
          {"b", part(share.b, cell.b_trials)},
          {"difference", share.difference.difference},
          {"standard_error", share.difference.standard_error},
          {"interval", interval_json(share.difference.interval)}};
}

Json networks_json(const QuantityOfNetworks& networks) {
  const std::uint64_t all = networks.smaller_in_b + networks.equal + networks.larger_in_b;
  return {{"count", all},
          {"smaller_in_b", networks.smaller_in_b},
          {"equal", networks.equal},
          {"larger_in_b", networks.larger_in_b},
          {"share_smaller_in_b", static_cast<double>(networks.smaller_in_b) / static_cast<double>(all)},
          {"difference", quantiles_json(networks.differences)},
          {"interval_of_median", interval_json(networks.of_median)}};
}

Json quantity_json(const ComparedQuantity& quantity) {
  Json json = {{"a", quantiles_json(quantity.a)},
               {"b", quantiles_json(quantity.b)},
               {"difference",
                {{"q05", quantity.b.q05() - quantity.a.q05()},
                 {"q50", quantity.difference_of_medians()},
                 {"q95", quantity.b.q95() - quantity.a.q95()}}},
               {"resolution", quantity.resolution()},
               {"interval_of_median", interval_json(quantity.of_medians)}};
  for (const ComparedCount& count : quantity.without) json[count.name] = {{"a", count.a}, {"b", count.b}};
  json["networks"] = quantity.networks ? networks_json(*quantity.networks) : Json();
  return json;
}

/// Returns the networks by outcome in A and in B, without the outcomes that none has.
Json outcomes_json(const ComparedCell& cell) {
  Json json = Json::array();
  for (std::size_t a = 0; a < outcomes; ++a) {
    for (std::size_t b = 0; b < outcomes; ++b) {
      if (cell.outcome[a][b] == 0) continue;
      json.push_back({{"a", outcome_names[a]}, {"b", outcome_names[b]}, {"networks", cell.outcome[a][b]}});
    }
  }
  return json;
}

Json cell_json(const ComparedCell& cell) {
  const bool paired = cell.paired_networks > 0;
  Json json = {{"a", {{"cell", cell.a_index}, {"axes", axes_json(cell.a_axes)}, {"trials", cell.a_trials}}},
               {"b", {{"cell", cell.b_index}, {"axes", axes_json(cell.b_axes)}, {"trials", cell.b_trials}}},
               {"same", cell.same},
               {"same_start", cell.same_start},
               {"paired_networks", paired ? Json(cell.paired_networks) : Json()},
               {"not_paired", paired ? Json() : Json(cell.not_paired)},
               {"shares_are_paired", cell.shares_are_paired}};
  for (std::size_t o = 0; o < outcomes; ++o) {
    json["outcomes"][std::string(outcome_names[o])] = share_json(cell.shares[o], cell);
  }
  json["outcomes_of_networks"] = paired ? outcomes_json(cell) : Json();
  for (const ComparedQuantity& quantity : cell.quantities) json["quantities"][quantity.name] = quantity_json(quantity);
  return json;
}

Json folder_json(const ComparedFolder& folder, const std::vector<std::size_t>& alone) {
  Json cells = Json::array();
  for (const std::size_t cell : alone) cells.push_back({{"cell", cell}, {"axes", axes_json(folder.cells[cell])}});
  return {{"folder", folder.path.string()},
          {"program", folder.program},
          {"cells", folder.cells.size()},
          {"cells_alone", cells}};
}

}  // namespace

Json comparison_json(const Comparison& comparison) {
  const auto value = [](const ComparedFolder& folder, const std::string& option) {
    return folder.config.contains(option) ? folder.config[option] : Json();
  };
  Json options = Json::array();
  for (const std::string& option : comparison.options) {
    options.push_back({{"name", option}, {"a", value(comparison.a, option)}, {"b", value(comparison.b, option)}});
  }
  Json cells = Json::array();
  for (const ComparedCell& cell : comparison.cells) cells.push_back(cell_json(cell));
  return {{"schema", "logmargin.compare/1"},
          {"a", folder_json(comparison.a, comparison.in_a_alone)},
          {"b", folder_json(comparison.b, comparison.in_b_alone)},
          {"same", comparison.same()},
          {"options", options},
          {"cells", cells}};
}

}  // namespace logmargin
