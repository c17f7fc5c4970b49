#include "host/plan/data_pair.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "host/plan/number.hpp"
#include "logmargin/model/line_through.hpp"

namespace logmargin {

namespace {

// The squares and the distance of points within these bounds stay in the range of double.
constexpr double farthest = 1e150;
constexpr double least_distance = 1e-150;

double length_of(std::vector<double> vector) {
  if (std::all_of(vector.begin(), vector.end(), [](double x) { return x == 0.0; })) return 0.0;
  return normalise(vector.data(), vector.size());
}

std::optional<std::vector<double>> parse_components(std::string_view text) {
  std::vector<double> components;
  for (const std::string& piece : split(text, ',')) {
    const auto component = parse_number(piece);
    if (!component) return std::nullopt;
    components.push_back(*component);
  }
  return components;
}

/// Returns what is wrong with a pair, or an empty text where nothing is.
std::string trouble_of(const std::vector<double>& positive, const std::vector<double>& negative) {
  if (positive.size() != negative.size()) {
    return fmt::format("the vectors have {} and {} components; as many in both are allowed", positive.size(),
                       negative.size());
  }
  if (static_cast<double>(positive.size()) > most_dimensions) {
    return fmt::format("at most {:g} components are allowed", most_dimensions);
  }
  if (length_of(positive) > farthest || length_of(negative) > farthest) {
    return fmt::format("points at most {:g} from the origin are allowed", farthest);
  }
  std::vector<double> between(positive.size());
  std::transform(positive.begin(), positive.end(), negative.begin(), between.begin(), std::minus<>());
  return length_of(between) >= least_distance
             ? std::string()
             : fmt::format("two distinct points are allowed, at least {:g} apart", least_distance);
}

std::string vector_text(const std::vector<double>& vector) {
  std::string text;
  for (const double component : vector) text += (text.empty() ? "(" : ",") + number_text(component);
  return text + ")";
}

}  // namespace

std::int64_t DataPair::length() const {
  return positive_vector.empty() ? 1 : static_cast<std::int64_t>(positive_vector.size());
}

std::string DataPair::text() const {
  if (!positive_vector.empty()) return vector_text(positive_vector) + "," + vector_text(negative_vector);
  const auto with_sign = [](double x) { return (x < 0.0 ? "" : "+") + number_text(x); };
  return with_sign(positive) + "," + with_sign(negative);
}

PlacedPair DataPair::placed(std::int64_t dim) const {
  std::size_t coordinates = positive_vector.size();
  while (coordinates > 1 && positive_vector[coordinates - 1] == 0.0 && negative_vector[coordinates - 1] == 0.0) {
    --coordinates;
  }
  PlacedPair placed = {pair_on_line(positive, negative), {}};
  placed.directions.dim = dim;
  if (coordinates <= 1) return placed;
  placed.directions.along.resize(coordinates);
  placed.directions.across.resize(coordinates);
  placed.points = line_through(positive_vector.data(), negative_vector.data(), coordinates,
                               placed.directions.along.data(), placed.directions.across.data());
  return placed;
}

DataPair parse_data_pair(std::string_view text) {
  constexpr std::string_view allowed =
      "a pair is two distinct finite positions P,N of the label +1 and the label -1 point, or two vectors of one "
      "length (P1,P2,..),(N1,N2,..); ';' separates pairs";
  constexpr std::string_view between = "),(";
  const bool vectors = text.starts_with('(');
  std::optional<std::vector<double>> positive, negative;
  if (!vectors) {
    const std::size_t comma = text.find(',');
    if (comma != std::string_view::npos) {
      positive = parse_components(text.substr(0, comma));
      negative = parse_components(text.substr(comma + 1));
    }
  } else if (const std::size_t at = text.find(between); at != std::string_view::npos && text.ends_with(')')) {
    positive = parse_components(text.substr(1, at - 1));
    negative = parse_components(text.substr(at + between.size(), text.size() - 1 - at - between.size()));
  }
  if (!positive || !negative || (!vectors && negative->size() > 1)) reject("--data", text, allowed);
  if (const std::string trouble = trouble_of(*positive, *negative); !trouble.empty()) reject("--data", text, trouble);
  DataPair pair = {positive->front(), negative->front()};
  if (vectors) {
    pair.positive_vector = std::move(*positive);
    pair.negative_vector = std::move(*negative);
  }
  return pair;
}

}  // namespace logmargin
